// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { AsideError } from '../../../../../protocol/errors.ts';
import { endApp, renderApp } from '../../../../helpers/render-app.tsx';

const TEXT = 'Some words of mine.';
const draft = { text: TEXT, name: 'letter.txt', charIndex: 5 };
const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });

afterEach(endApp);

describe('opening a file', () => {
  const document = { name: 'book.txt', text: 'Their words.', format: 'text' as const, encoding: 'UTF-8' };

  test('replaces the text, and one undo brings the old one back with its name', async () => {
    const { services, server, user } = await renderApp({ draft });
    server().emit('document.opened', document);
    await screen.findByText('Opened “book.txt”');
    expect(services.editor.text()).toBe('Their words.');
    await user.click(button('Undo'));

    expect(services.editor.text()).toBe(TEXT);
    expect(services.editor.store.getState().name).toBe('letter.txt');
  });

  test('that keeps some of its markup is told, until another is opened', async () => {
    const { server } = await renderApp();
    server().emit('document.opened', { ...document, name: 'book.md', keepsMarkup: true });
    await screen.findByText('Some of “book.md” keeps its Markdown markup');
    await screen.findByText(/Split it into smaller files/);

    server().emit('document.opened', document);
    await waitFor(() => expect(screen.queryByText(/keeps its Markdown markup/)).toBeNull());
  });

  test('that is empty keeps the text and says so', async () => {
    const { services, server } = await renderApp({ draft });
    server().emit('document.opened', { ...document, text: ' \n' });

    await screen.findByText('“book.txt” is empty');
    expect(services.editor.text()).toBe(TEXT);
    expect(services.editor.store.getState().name).toBe('letter.txt');
  });

  test('asks main for the dialog where the shell has one', async () => {
    const { services, user } = await renderApp({
      hasDialogs: true,
      handlers: { 'document.choose': () => document },
    });
    await user.click(screen.getAllByRole('button', { name: 'Open a file' })[0] as HTMLElement);

    await waitFor(() => expect(services.editor.text()).toBe('Their words.'));
  });

  test('takes a file that is dropped on the page', async () => {
    const { services, editorDom } = await renderApp();
    const file = new File(['Dropped words.'], 'drop.txt');
    fireEvent.drop(editorDom(), { dataTransfer: { files: [file], types: ['Files'] } });

    await waitFor(() => expect(services.editor.text()).toBe('Dropped words.'));
  });

  test('that cannot be read keeps the text and says what to do', async () => {
    const refusal = new AsideError('file', '“photo.jpg” is not a text.', {
      details: { path: 'photo.jpg', reason: 'binary' },
      remedy: 'Open a text file.',
    });
    const { services, editorDom } = await renderApp({
      draft,
      handlers: { 'document.decode': () => Promise.reject(refusal) },
    });
    fireEvent.drop(editorDom(), { dataTransfer: { files: [new File(['x'], 'photo.jpg')], types: ['Files'] } });
    const alert = await screen.findByRole('alert');

    expect(alert.textContent).toContain('“photo.jpg” is not a text.');
    expect(alert.textContent).toContain('Open a text file.');
    expect(services.editor.text()).toBe(TEXT);
  });
});

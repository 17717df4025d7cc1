// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { AsideError } from '../../../../../protocol/errors.ts';
import { endApp, renderApp } from '../../../../helpers/render-app.tsx';

const TEXT = 'Some words of mine.';
const draft = { text: TEXT, name: 'letter.txt', charIndex: 5 };
const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });

/** The first load of the text fails. */
const failOnce = () => {
  let loads = 0;
  return {
    'draft.load': () => {
      if (loads++ === 0) throw new AsideError('internal', 'Aside has a defect.', { details: {} });
      return draft;
    },
  };
};

afterEach(endApp);

describe('the text', () => {
  test('is there again as it was left, with its name and the cursor', async () => {
    const { services } = await renderApp({ draft });

    expect(services.editor.text()).toBe(TEXT);
    expect(services.editor.store.getState()).toMatchObject({ name: 'letter.txt', cursor: 5 });
    expect(screen.getByText('letter.txt')).toBeDefined();
  });

  test('is saved soon after it was changed', async () => {
    const { services, main } = await renderApp({ draft });
    services.editor.view.dispatch({ changes: { from: 0, insert: 'Now: ' } });

    await waitFor(() => expect(main.saved.draft.text).toBe(`Now: ${TEXT}`));
  });

  test('is not saved as long as nobody touches it', async () => {
    const { requestsOf, services } = await renderApp({ draft });
    services.draft.flush();

    expect(requestsOf('draft.save')).toEqual([]);
  });

  test('is saved at once when the page goes away', async () => {
    const { services, main } = await renderApp({ draft });
    services.editor.view.dispatch({ changes: { from: 0, insert: 'Last ' } });
    services.draft.flush();

    await waitFor(() => expect(main.saved.draft.text).toBe(`Last ${TEXT}`));
  });

  test('comes when it is asked for again after it could not be loaded', async () => {
    const { services, user } = await renderApp({ handlers: failOnce() });
    await user.click(button('Try again'));

    await waitFor(() => expect(services.editor.text()).toBe(TEXT));
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  test('comes with the next connection when it could not be loaded, and is not replaced by nothing', async () => {
    const { services, breakConnection, requestsOf } = await renderApp({ handlers: failOnce() });
    breakConnection();
    await waitFor(() => expect(services.link.state.getState().kind).toBe('disconnected'));
    await services.link.reconnect();

    await waitFor(() => expect(services.editor.text()).toBe(TEXT));
    services.draft.flush();
    expect(requestsOf('draft.save')).toEqual([]);
  });

  test('when there is none, the page says what to do, and has something to try', async () => {
    const { services, user } = await renderApp();
    expect(screen.getByRole('heading', { name: 'Paste a text, or open one' })).toBeDefined();
    await user.click(button('Use a sample text'));

    expect(services.editor.text()).toMatch(/^Welcome to Aside/u);
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'Paste a text, or open one' })).toBeNull());
  });
});

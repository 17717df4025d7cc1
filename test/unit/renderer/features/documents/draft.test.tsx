// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { endApp, renderApp } from '../../../../helpers/render-app.tsx';

const TEXT = 'Some words of mine.';
const draft = { text: TEXT, name: 'letter.txt', charIndex: 5 };
const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });

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

  test('when there is none, the page says what to do, and has something to try', async () => {
    const { services, user } = await renderApp();
    expect(screen.getByRole('heading', { name: 'Paste a text, or open one' })).toBeDefined();
    await user.click(button('Use a sample text'));

    expect(services.editor.text()).toMatch(/^Welcome to Aside/u);
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'Paste a text, or open one' })).toBeNull());
  });
});

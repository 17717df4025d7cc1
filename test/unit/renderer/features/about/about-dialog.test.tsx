// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { endApp, renderApp } from '../../../../helpers/render-app.tsx';

afterEach(endApp);

const button = (name: string): HTMLElement => screen.getByRole('button', { name });

describe('About Aside', () => {
  test('opens from the settings, tells version and licence, and gives the focus back', async () => {
    const { user } = await renderApp();
    await user.click(button('Settings'));
    // Without a layout, the focus trap of the popover may take what is in it for hidden.
    await user.click(await screen.findByRole('button', { name: 'About Aside', hidden: true }));
    const dialog = await screen.findByRole('dialog', { name: 'About Aside' });
    expect(dialog.textContent).toContain('Aside 0.0.0 reads text aloud');
    expect(dialog.textContent).toContain('GPL-3.0-or-later');
    expect(dialog.textContent).toContain('without any warranty');

    await user.click(button('Close'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(button('Settings')));
  });

  test('has the licences of what comes with it, for who asks', async () => {
    const { user, server } = await renderApp();
    server().emit('menu.chosen', { command: 'about' });
    const show = await screen.findByRole('button', { name: 'Show licences and notices' });
    expect(show.getAttribute('aria-expanded')).toBe('false');
    await user.click(show);

    const notices = await screen.findByRole('region', { name: 'Licences and notices' });
    for (const name of [
      'GNU GENERAL PUBLIC LICENSE',
      'LAME',
      'Xiph.org',
      'electron (MIT)',
      'koffi (MIT)',
      'react (MIT)',
    ]) {
      expect(notices.textContent).toContain(name);
    }
    await user.click(button('Hide licences and notices'));
    expect(screen.queryByRole('region', { name: 'Licences and notices' })).toBeNull();
  });
});

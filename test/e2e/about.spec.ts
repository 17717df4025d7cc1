import { expect, test } from './fixture.ts';

test('what Aside is can be read from the settings, also by a screen reader, and the focus comes back', async ({
  aside,
}) => {
  const { page } = aside;
  await aside.button('Settings').click();
  await page.getByRole('button', { name: 'About Aside' }).click();
  const about = page.getByRole('dialog', { name: 'About Aside' });
  await expect(about).toContainText('GPL-3.0-or-later');
  await about.getByRole('button', { name: 'Show licences and notices' }).click();
  await expect(about.getByRole('region', { name: 'Licences and notices' })).toContainText('LAME');

  await page.keyboard.press('Escape');
  await expect(about).toHaveCount(0);
  await expect(aside.button('Settings')).toBeFocused();
});

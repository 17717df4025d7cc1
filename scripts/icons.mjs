import './set-up/require-node.mjs';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { ICNS_SIZES, icnsOf, icoOf } from './packaging/icon-files.mjs';
import { ensureInstalled } from './set-up/install.mjs';
import { runMain, SetUpError, say } from './set-up/main.mjs';
import { fromRoot } from './set-up/root.mjs';
import { findChromium } from './testing/find-program.mjs';

/** @typedef {import('./packaging/icon-files.mjs').Image} Image */

const SIZES = [16, 20, 24, 32, 40, 48, 64, 128, 256, 512, 1024];
const WINDOWS_MAX = 256;
const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];
/** From here on there is room for the whole drawing. */
const LARGE_FROM = 32;
/** Of a macOS icon's width the drawing takes this much; around it are room and, from macOS, a shadow. */
const MAC_SHARE = 824 / 1024;

/** `npm run icons`: draws packaging/icon.svg and icon-small.svg, with a browser, into the icons that are packed. */
await runMain(async () => {
  await ensureInstalled();
  const executablePath = await findChromium();
  if (executablePath === null) throw new SetUpError('There is no Chromium here to draw the icons with.');
  const { chromium } = await import('@playwright/test');
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args });
  const page = await browser.newPage();

  /** @param {number} size @param {number} share of the width that is drawn on @returns {Promise<Image>} */
  const draw = async (size, share = 1) => {
    const svg = readFileSync(fromRoot('packaging', size < LARGE_FROM ? 'icon-small.svg' : 'icon.svg'), 'base64');
    const width = Math.round(size * share);
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<body style="margin:${(size - width) / 2}px"><img style="display:block" width="${width}" height="${width}" src="data:image/svg+xml;base64,${svg}">`,
    );
    return {
      size,
      png: await page.screenshot({ omitBackground: true, clip: { x: 0, y: 0, width: size, height: size } }),
    };
  };
  const images = [];
  for (const size of SIZES) images.push(await draw(size));
  const macImages = [];
  for (const size of ICNS_SIZES) macImages.push(await draw(size, MAC_SHARE));
  await browser.close();

  mkdirSync(fromRoot('packaging', 'icons'), { recursive: true });
  writeFileSync(fromRoot('packaging', 'icon.ico'), icoOf(images.filter(({ size }) => size <= WINDOWS_MAX)));
  writeFileSync(fromRoot('packaging', 'icon.icns'), icnsOf(macImages));
  for (const { size, png } of images)
    if (LINUX_SIZES.includes(size)) writeFileSync(fromRoot('packaging', 'icons', `${size}x${size}.png`), png);
  say('Drew the icons into packaging/.');
  return 0;
});

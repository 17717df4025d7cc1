import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * The page, as plain files of its own origin: the content security policy allows no inline script, no `data:` and no
 * `blob:`. Paths are relative, since it is served at app://aside/ and at http://127.0.0.1:<port>/.
 */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'chrome140',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_500,
  },
});

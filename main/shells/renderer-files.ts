import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { AsideError } from '../../protocol/errors.ts';
import { NONCE_PLACEHOLDER } from './content-security-policy.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/vnd.microsoft.icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** One file of the built page, ready to be sent. */
export interface RendererFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  readonly cacheControl: string;
}

export interface RendererFiles {
  /**
   * The file at a URL's path, as it stands in the request line (percent-encoded); null when the page has no such file.
   * `nonce` takes the place of the placeholder in index.html. Rejects with `file` when the file cannot be read.
   */
  read(pathname: string, nonce: string): Promise<RendererFile | null>;
}

/**
 * The files of the built page, for both shells. Paths are looked up in the list of files that were there at the start,
 * never joined to a folder: there is nothing to escape from. Rejects with `file` when `dir` holds no built page.
 */
export async function openRendererFiles(dir: string): Promise<RendererFiles> {
  const paths = new Map<string, string>();
  await collect(dir, '', paths).catch((cause: unknown) => {
    throw notBuilt(dir, cause);
  });
  const index = paths.get('/index.html');
  if (index === undefined) throw notBuilt(dir, undefined);
  paths.set('/', index);
  return {
    read: async (pathname, nonce) => {
      const path = paths.get(decodePath(pathname));
      if (path === undefined) return null;
      const bytes = await readFile(path).catch((cause: unknown) => {
        throw notBuilt(path, cause);
      });
      const body =
        path === index ? Buffer.from(bytes.toString('utf8').replaceAll(NONCE_PLACEHOLDER, () => nonce)) : bytes;
      return {
        body: Uint8Array.from(body),
        contentType: CONTENT_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
        cacheControl: cacheControl(pathname),
      };
    },
  };
}

/** Walks by hand: a recursive `readdir` does not look the same inside Electron's archive. */
async function collect(dir: string, prefix: string, paths: Map<string, string>): Promise<void> {
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    const path = join(dir, entry.name);
    if (entry.isDirectory()) await collect(path, `${prefix}/${entry.name}`, paths);
    else if (entry.isFile()) paths.set(`${prefix}/${entry.name}`, path);
  }
}

/** Vite puts a hash of the content into every name under assets. */
function cacheControl(pathname: string): string {
  return pathname.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store';
}

function decodePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return ''; // not percent-encoded UTF-8, so the name of no file
  }
}

function notBuilt(path: string, cause: unknown): AsideError {
  const reason = (cause as NodeJS.ErrnoException | undefined)?.code ?? 'ENOENT';
  return new AsideError('file', `The page's files cannot be read: ${path} (${reason})`, {
    details: { path, reason },
    remedy: 'Build Aside with "npm run build", or install it again.',
    cause,
  });
}

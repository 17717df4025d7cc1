import { type FileHandle, open } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Download } from './downloads.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = { '.wav': 'audio/wav' };

/**
 * Streams a finished file to the browser as an attachment. Returns false, with nothing sent, when there is no such file
 * (yet). Resolves when it is sent or the browser has gone away.
 */
export async function sendDownload(response: ServerResponse, download: Download, hasBody: boolean): Promise<boolean> {
  const file = await openFile(download.path);
  if (file === null) return false;
  try {
    const { size } = await file.stat();
    response.writeHead(200, {
      'Content-Type': CONTENT_TYPES[extname(download.fileName).toLowerCase()] ?? 'application/octet-stream',
      'Content-Length': size,
      'Content-Disposition': contentDisposition(download.fileName),
      'Cache-Control': 'no-store',
      'Accept-Ranges': 'none',
    });
    if (!hasBody) response.end();
    // `end`: a file that grows must not send more than was announced.
    else if (size === 0) response.end();
    else await pipeline(file.createReadStream({ autoClose: false, start: 0, end: size - 1 }), response);
  } catch (error) {
    if (!response.destroyed) throw error;
    // the browser has gone away: there is nobody left to tell
  } finally {
    await file.close();
  }
  return true;
}

async function openFile(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** RFC 6266: a plain name for old browsers, the true one as in RFC 8187. */
export function contentDisposition(fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  // encodeURIComponent leaves four characters that RFC 8187 wants encoded.
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

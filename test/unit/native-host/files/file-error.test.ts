import { describe, expect, it } from 'vitest';
import { toFileError } from '../../../../native-host/files/file-error.ts';

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: no`), { code });
}

describe('toFileError', () => {
  it.each(['ENOSPC', 'EDQUOT', 'EFBIG', 'EACCES', 'EPERM', 'EROFS', 'ENOENT', 'EISDIR', 'EIO', 'EMFILE'])(
    'keeps %s as the reason, names the file and has a remedy',
    (code) => {
      expect(toFileError('/a/b.pcm', systemError(code))).toMatchObject({
        code: 'file',
        message: expect.stringContaining('/a/b.pcm'),
        details: { path: '/a/b.pcm', reason: code },
        remedy: expect.stringMatching(/\w/u),
      });
    },
  );

  it('keeps the cause', () => {
    const cause = systemError('EIO');
    expect(toFileError('/a', cause)).toMatchObject({ cause });
  });

  it('does not turn a defect into a fault of the disk', () => {
    const defect = new TypeError('undefined is not a function');
    expect(toFileError('/a', defect)).toBe(defect);
  });
});

import { describe, expect, it } from 'vitest';
import { libraryCandidates } from '../../../../../native-host/engines/espeak/native-library.ts';

describe('libraryCandidates', () => {
  it('looks on Linux for the version with the interface that is bound', () => {
    expect(libraryCandidates('linux', {})).toEqual(['libespeak-ng.so.1']);
  });

  it('looks on macOS in the folders of Homebrew and MacPorts too', () => {
    expect(libraryCandidates('darwin', {})).toEqual([
      'libespeak-ng.dylib',
      '/opt/homebrew/lib/libespeak-ng.dylib',
      '/usr/local/lib/libespeak-ng.dylib',
      '/opt/local/lib/libespeak-ng.dylib',
    ]);
  });

  it('looks on Windows where the installer puts it too', () => {
    expect(libraryCandidates('win32', { ProgramFiles: 'C:\\Program Files' })).toEqual([
      'libespeak-ng.dll',
      'C:\\Program Files\\eSpeak NG\\libespeak-ng.dll',
    ]);
  });

  it('looks nowhere else when the environment names a library', () => {
    expect(libraryCandidates('linux', { ASIDE_ESPEAK_LIBRARY: '/opt/my.so' })).toEqual(['/opt/my.so']);
  });
});

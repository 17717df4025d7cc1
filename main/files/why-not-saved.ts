interface WhyNot {
  readonly because: string;
  /** A sentence, or nothing. */
  readonly remedy: string;
}

const REASONS: Readonly<Record<string, WhyNot>> = {
  ENOSPC: { because: 'the disk is full', remedy: 'Free some space.' },
  EDQUOT: { because: 'your share of the disk is used up', remedy: 'Delete files that you do not need.' },
  EACCES: { because: 'access is denied', remedy: 'Give your account the right to write there.' },
  EPERM: { because: 'access is denied', remedy: 'Give your account the right to write there.' },
  EROFS: { because: 'the disk is read-only', remedy: 'Make it writable.' },
  ENOTDIR: { because: 'a file is where a folder should be', remedy: 'Move that file away.' },
  EEXIST: { because: 'a file is where a folder should be', remedy: 'Move that file away.' },
};

/** Why the system does not write, by its code, and what helps. */
export function whyNotSaved(reason: string): WhyNot {
  return REASONS[reason] ?? { because: `the system reports ${reason}`, remedy: '' };
}

/** The system's code. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : 'unknown';
}

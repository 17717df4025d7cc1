import { InvalidArgumentError } from 'commander';
import { ExportSplit } from '../../../protocol/model/export.ts';

const UNITS: Readonly<Record<string, (amount: number) => ExportSplit>> = {
  m: (minutes) => ({ by: 'duration', maxMs: minutes * 60_000 }),
  min: (minutes) => ({ by: 'duration', maxMs: minutes * 60_000 }),
  h: (hours) => ({ by: 'duration', maxMs: hours * 3_600_000 }),
  mb: (megabytes) => ({ by: 'size', maxBytes: megabytes * 1_000_000 }),
  gb: (gigabytes) => ({ by: 'size', maxBytes: gigabytes * 1_000_000_000 }),
};

/** `chapter`, `30m`, `1h`, `100MB`. */
export function splitOption(value: string): ExportSplit {
  if (value === 'chapter') return { by: 'chapter' };
  const [, amount, unit] = /^(\d+)\s*([a-z]+)$/iu.exec(value) ?? [];
  const split = unit === undefined ? undefined : UNITS[unit.toLowerCase()]?.(Number(amount));
  const checked = ExportSplit.safeParse(split);
  if (checked.success) return checked.data;
  throw new InvalidArgumentError(
    'It must be `chapter`, a duration of at least 1m (30m, 1h) or a size of at least 1MB (100MB).',
  );
}

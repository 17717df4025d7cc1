import { expect, it } from 'vitest';
import { createLog } from '../../../../main/logging/log.ts';
import { logHostDeaths } from '../../../../main/speech/log-host-deaths.ts';
import type { HostStatus } from '../../../../protocol/model/host-status.ts';
import { hostStatus } from '../../../fixtures/contracts/model-samples.ts';

const slot = (restarts: number, message: string | null): HostStatus => ({
  ...hostStatus,
  pid: 1,
  restarts,
  lastError: message === null ? null : { code: 'host-exited', message, remedy: '', details: { stderrTail: ['ouch'] } },
});

it('notes each death once, with what the host said last', () => {
  const lines: string[] = [];
  let status: HostStatus[] = [slot(0, null)];
  let change = (): void => {};
  const log = createLog({ write: (line) => lines.push(line.slice(line.indexOf(' ') + 1)), level: 'warn' });
  logHostDeaths({ status: () => status, onChange: (listener) => (change = listener) }, log);

  for (const next of [slot(0, null), slot(0, 'it died'), slot(0, 'it died'), slot(1, 'it died')]) {
    status = [next];
    change();
  }

  const line = 'warn it died engine=espeak code=host-exited stderrTail="[\\"ouch\\"]"\n';
  expect(lines).toEqual([line, line]);
});

it('does not note a death again when the slot before it is removed', () => {
  const lines: string[] = [];
  const dead = (pid: number): HostStatus => {
    const { lastError, ...rest } = slot(1, `host ${pid} died`);
    return { ...rest, lastError: lastError && { ...lastError, details: { ...lastError.details, pid } } };
  };
  let status: HostStatus[] = [dead(11), dead(12)];
  let change = (): void => {};
  const log = createLog({ write: (line) => lines.push(line), level: 'warn' });
  logHostDeaths({ status: () => status, onChange: (listener) => (change = listener) }, log);
  change();
  status = [dead(12)];
  change();
  expect(lines.length).toBe(2);
});

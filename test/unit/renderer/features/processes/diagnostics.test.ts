import { describe, expect, it } from 'vitest';
import type { WireError } from '../../../../../protocol/errors.ts';
import type { Moment } from '../../../../../renderer/features/processes/delay-history.ts';
import { diagnosticsText } from '../../../../../renderer/features/processes/diagnostics.ts';
import { hostExit, hostStatus, installation, processesReport } from '../../../../fixtures/contracts/model-samples.ts';

const moment = (atMs: number): Moment => ({ atMs, spanMs: 500, mainDelayMs: 1.4, pageDelayMs: 2.6, blockedMs: 250 });

const text = (lastError: WireError | null = null): string =>
  diagnosticsText({
    installation,
    report: processesReport,
    hosts: [{ ...hostStatus, lastError }],
    history: [moment(500), moment(1_000)],
    userAgent: 'a browser',
    takenAt: new Date(0),
  });

describe('diagnostics', () => {
  it('have versions, processes, ends and delays, as JSON', () => {
    expect(JSON.parse(text())).toEqual({
      takenAt: '1970-01-01T00:00:00.000Z',
      installation,
      userAgent: 'a browser',
      main: processesReport.main,
      page: processesReport.page,
      hosts: [{ ...hostStatus, lastError: null }],
      lastExits: [{ ...hostExit, engine: 'espeak' }],
      delays: {
        lastMinute: {
          coveredMs: 1_000,
          blockedMs: 500,
          main: { blockingMs: 1.4, otherwiseMs: null },
          page: { blockingMs: 2.6, otherwiseMs: null },
        },
        columns: ['agoMs', 'spanMs', 'mainDelayMs', 'pageDelayMs', 'blockedMs'],
        rows: [
          [500, 500, 1, 3, 250],
          [0, 500, 1, 3, 250],
        ],
      },
    });
  });

  it('have a row a line', () => {
    expect(text().split('\n')).toContainEqual(expect.stringMatching(/^ +\[500, 500, 1, 3, 250\],$/));
  });

  it('say what a message of ours says, and nothing that may quote what was read', () => {
    const details = { pid: 1, stderrTail: ['Call me Ishmael.'], got: 'Call me Ishmael.' };
    const ours = text({ code: 'host-exited', message: 'The host was killed by SIGKILL', remedy: '', details });
    expect(ours).toContain('killed by SIGKILL');
    const quoting = text({ code: 'host-protocol', message: 'sent: Call me Ishmael.', remedy: '', details });
    expect(JSON.parse(quoting).hosts[0].lastError).toEqual({ code: 'host-protocol' });
    expect(ours + quoting).not.toContain('Ishmael');
  });

  it('can be had before anything is known', () => {
    const nothing = diagnosticsText({
      installation: null,
      report: null,
      hosts: [],
      history: [],
      userAgent: 'a browser',
      takenAt: new Date(0),
    });
    expect(JSON.parse(nothing)).toMatchObject({ installation: null, main: null, hosts: [], delays: { rows: [] } });
  });
});

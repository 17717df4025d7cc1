import type { ErrorCode, WireError } from '../../../protocol/errors.ts';
import type { HostStatus } from '../../../protocol/model/host-status.ts';
import type { Installation, ProcessesReport } from '../../../protocol/model/processes.ts';
import { type Moment, summarize } from './delay-history.ts';

export interface DiagnosticsParts {
  readonly installation: Installation | null;
  readonly report: ProcessesReport | null;
  readonly hosts: readonly HostStatus[];
  readonly history: readonly Moment[];
  readonly userAgent: string;
  readonly takenAt: Date;
}

/** Messages that we compose of nothing but names, numbers and the system's own words. Others may quote what was read. */
const SAFE_MESSAGES: readonly ErrorCode[] = ['host-start', 'host-exited', 'engine-unavailable'];

/** What to send to somebody who is to find out what is wrong, as JSON. Holds nothing of the user's text. */
export function diagnosticsText(parts: DiagnosticsParts): string {
  const { installation, report, hosts, history, userAgent, takenAt } = parts;
  const nowMs = history.at(-1)?.atMs ?? 0;
  const rows = history.map(({ atMs, spanMs, mainDelayMs, pageDelayMs, blockedMs }) =>
    [nowMs - atMs, spanMs, mainDelayMs, pageDelayMs, blockedMs].map(Math.round),
  );
  const diagnostics = {
    takenAt: takenAt.toISOString(),
    installation,
    userAgent,
    main: report?.main ?? null,
    page: report?.page ?? null,
    hosts: hosts.map((host) => ({ ...host, lastError: host.lastError && withoutText(host.lastError) })),
    lastExits: report?.exits ?? [],
    delays: {
      lastMinute: summarize(history),
      columns: ['agoMs', 'spanMs', 'mainDelayMs', 'pageDelayMs', 'blockedMs'],
      rows,
    },
  };
  return JSON.stringify(diagnostics, null, 2).replaceAll(/\[\s+([-\d.,\s]+?)\s+\]/g, onOneLine);
}

/** What a host wrote to stderr, or sent in place of an answer, may hold the text that it was speaking. */
function withoutText({ code, message }: WireError): { code: ErrorCode; message?: string } {
  return SAFE_MESSAGES.includes(code) ? { code, message } : { code };
}

function onOneLine(_: string, numbers: string): string {
  return `[${numbers.replaceAll(/\s+/g, ' ')}]`;
}

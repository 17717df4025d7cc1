import { KILL, type KillOutcome } from './contender.ts';

/** What became of the calls, a line for each contender. */
export function describeKills(outcomes: ReadonlyMap<string, KillOutcome>): string[] {
  const { calls, workMs, killAfter, waitMs } = KILL;
  return [
    `killed: ${calls} calls of ${workMs} ms on two workers, one of which gets SIGKILL after ${killAfter}; unanswered is what`,
    `has neither result nor error ${waitMs / 1000} s after all should have been done.`,
    ...[...outcomes].map(([name, outcome]) => `  ${name}: ${describeKill(outcome)}`),
  ];
}

function describeKill({ succeeded, failed, unanswered, error }: KillOutcome): string {
  const parts = [`${succeeded} succeeded`, `${failed} failed`, `${unanswered} never answered`];
  return `${parts.join(', ')}${error === null ? '' : ` (“${error.slice(0, 160)}”)`}`;
}

import { percentile } from '../harness/stats.ts';
import type { Contender, Payload } from './contender.ts';

/** One line of the table. */
export interface Row {
  readonly name: string;
  readonly unit: 'ms' | 'calls/s' | 'MB/s';
  /** What Aside has to reach, from the medians of all contenders by name. */
  barOf?(medians: Medians): number;
}

export type Medians = Readonly<Record<string, number>>;

/** What is asked of each contender in each round, and the rows that its answers go to. */
export interface Question {
  readonly rows: readonly Row[];
  /** One number for each row. */
  ask(contender: Contender): Promise<readonly number[]>;
}

const ROUND_TRIPS = 1_500;
const MB = 2 ** 20;
const START_ABOVE_FORK_MS = 25;

const leastOf = (medians: Medians, ...names: string[]): number => Math.min(...names.map((name) => medians[name] ?? 0));
const fastestPeer = ({ aside, ...peers }: Medians): number => Math.max(...Object.values(peers));

export const questions: readonly Question[] = [
  {
    rows: [
      {
        name: 'round-trip-p50',
        unit: 'ms',
        barOf: (medians) => leastOf(medians, 'tinypool', 'python-fork', 'python-spawn'),
      },
      { name: 'round-trip-p99', unit: 'ms' },
    ],
    ask: async (contender) => {
      const times = await contender.roundTrips(ROUND_TRIPS);
      return [percentile(times, 0.5), percentile(times, 0.99)];
    },
  },
  ...(['object', 'number'] as const).flatMap((payload) => [1, 2].map((hosts) => mapQuestion(payload, hosts))),
  echoQuestion(1, 20),
  echoQuestion(16, 4),
  {
    rows: [{ name: 'start', unit: 'ms', barOf: ({ fork = 0 }) => fork + START_ABOVE_FORK_MS }],
    ask: async (contender) => [await contender.start()],
  },
];

function mapQuestion(payload: Payload, hosts: number): Question {
  return {
    rows: [{ name: `map-${payload}-${hosts}`, unit: 'calls/s', barOf: fastestPeer }],
    ask: async (contender) => {
      const elapsedMs = await contender.map(payload, hosts, contender.mapCount);
      return [contender.mapCount / (elapsedMs / 1000)];
    },
  };
}

/** Bytes there and back count twice. */
function echoQuestion(megabytes: number, count: number): Question {
  return {
    rows: [{ name: `echo-${megabytes}mb`, unit: 'MB/s', barOf: fastestPeer }],
    ask: async (contender) => {
      const times = await contender.echoes(megabytes * MB, count);
      return [(2 * megabytes) / (percentile(times, 0.5) / 1000)];
    },
  };
}

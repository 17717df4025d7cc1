import { createForkLauncher } from '../../main/hosts/fork-launcher.ts';
import type { LaunchedHost, Launcher } from '../../main/hosts/launcher.ts';
import { type Client, connect } from '../../protocol/contract/connect.ts';
import { createDeferred } from '../../protocol/contract/deferred.ts';
import type { ParsedParams } from '../../protocol/contract/define-contract.ts';
import type { ServerEnvelope } from '../../protocol/contract/envelope.ts';
import { type HostContract, hostContract } from '../../protocol/contract/host-contract.ts';
import type { Port } from '../../protocol/contract/port.ts';
import { DEFAULT_PROSODY } from '../../protocol/model/prosody.ts';
import { hostEntry } from './host-entry.ts';

/** A real host process, driven without supervisor and pool. */
export interface NativeHost extends Omit<LaunchedHost, 'port' | 'lane'> {
  readonly client: Client<HostContract>;
  /** All that it has sent so far. */
  readonly received: readonly ServerEnvelope[];
  /** Sends what no client would. */
  sendRaw(message: unknown): void;
  /** Closes the channel; the process is on its own. */
  disconnect(): void;
  /** The first message, sent already or yet to come, of which `isIt` is true. Rejects when the host ends first. */
  until(isIt: (envelope: ServerEnvelope) => boolean): Promise<ServerEnvelope>;
}

const hosts = new Set<LaunchedHost>();
const forkLauncher = createForkLauncher();

export function launchNativeHost(
  options: { engine?: string; entryPath?: string; env?: Record<string, string>; launcher?: Launcher } = {},
): NativeHost {
  const { engine = 'scripted', entryPath = hostEntry(), env = {}, launcher = forkLauncher } = options;
  const host = launcher.launch({ engine, entryPath, args: ['--engine', engine], env });
  hosts.add(host);
  const tap = tapPort(host.port);
  const client = connect(hostContract, tap.port, { onMalformed: () => host.kill('kill') });
  return {
    ...tap,
    client,
    spawned: host.spawned,
    exited: host.exited,
    sendRaw: (message) => host.port.send(message),
    disconnect: () => host.port.close(),
    stderrTail: () => host.stderrTail(),
    kill: (how) => host.kill(how),
    get pid() {
      return host.pid;
    },
    get isRunning() {
      return host.isRunning;
    },
  };
}

/** One that has said that it is ready. */
export async function startNativeHost(options: Parameters<typeof launchNativeHost>[0] = {}): Promise<NativeHost> {
  const host = launchNativeHost(options);
  await host.until(isEvent('host.ready'));
  return host;
}

/** Ends what the tests of a file have launched, also when they failed. */
export async function endNativeHosts(): Promise<void> {
  for (const host of hosts) host.kill('kill');
  await Promise.all([...hosts].map((host) => host.exited));
  hosts.clear();
}

export function isEvent(name: string) {
  return (envelope: ServerEnvelope): boolean => envelope.kind === 'event' && envelope.name === name;
}

export const isProgress = (envelope: ServerEnvelope): boolean => envelope.kind === 'progress';
export const isStarved = (envelope: ServerEnvelope): boolean => envelope.kind === 'starved';

/** Credit that no test uses up. */
const PLENTY_BYTES = 2 ** 40;

export function speakParams(text: string, initialCreditBytes = PLENTY_BYTES) {
  return {
    text,
    voiceId: 'scripted:de',
    prosody: DEFAULT_PROSODY,
    initialCreditBytes,
  } satisfies ParsedParams<HostContract, 'utterance.speak'>;
}

function tapPort(port: Port) {
  const received: ServerEnvelope[] = [];
  const waiting = new Set<(envelope: ServerEnvelope) => void>();
  const gone = createDeferred<never>();
  gone.promise.catch(() => {}); // only those who wait want to know
  port.onClose((why) => gone.reject(why));
  const tapped: Port = {
    ...port,
    onMessage: (listener) =>
      port.onMessage((message) => {
        listener(message);
        received.push(message as ServerEnvelope);
        for (const look of waiting) look(message as ServerEnvelope);
      }),
  };
  const until = (isIt: (envelope: ServerEnvelope) => boolean): Promise<ServerEnvelope> => {
    const already = received.find(isIt);
    if (already) return Promise.resolve(already);
    const found = createDeferred<ServerEnvelope>();
    const look = (envelope: ServerEnvelope): void => {
      if (!isIt(envelope)) return;
      waiting.delete(look);
      found.resolve(envelope);
    };
    waiting.add(look);
    return Promise.race([found.promise, gone.promise]);
  };
  return { port: tapped, received, until };
}

import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import type {
  UtilityChild,
  UtilityForkOptions,
  UtilityProcessModule,
} from '../../main/hosts/utility-process-launcher.ts';

/**
 * Stands in for Electron's `utilityProcess` where there is no Electron: a real child process behind that interface, with
 * the habits that are known of the real one. In the parent: a kill before `spawn` returns false and does nothing; `pid`
 * is undefined before `spawn` and after the exit; `exit` comes twice and knows no signal; posting to a child that has
 * exited, also from within its `exit` listener, would end the app (here it is counted). In the child: `process.parentPort`
 * takes the place of `process.send`, an unhandled rejection is printed and ends nothing, the end of the parent does.
 */
export interface UtilityProcessStandIn extends UtilityProcessModule {
  fork(modulePath: string, args: string[], options: UtilityForkOptions): StandInChild;
  /** Times that the app would have crashed. */
  readonly appCrashes: number;
}

export function createUtilityProcessStandIn(): UtilityProcessStandIn {
  let appCrashes = 0;
  return {
    get appCrashes() {
      return appCrashes;
    },
    fork: (modulePath, args, options) =>
      new StandInChild(modulePath, args, options, () => {
        appCrashes += 1;
      }),
  };
}

const CHILD_SIDE = fileURLToPath(new URL('./utility-child.mjs', import.meta.url));

/** In the environment, because a program can see its execution flags, and a utility process has none. */
function nodeOptions(env: NodeJS.ProcessEnv): string {
  return `${env.NODE_OPTIONS ?? ''} --unhandled-rejections=warn --import ${CHILD_SIDE}`.trim();
}

export class StandInChild extends EventEmitter implements UtilityChild {
  readonly #child: ChildProcess;
  readonly #onAppCrash: () => void;
  #hasSpawned = false;
  #hasExited = false;

  constructor(modulePath: string, args: string[], options: UtilityForkOptions, onAppCrash: () => void) {
    super();
    this.#onAppCrash = onAppCrash;
    this.#child = fork(modulePath, args, {
      env: { ...options.env, NODE_OPTIONS: nodeOptions(options.env) },
      execArgv: options.execArgv,
      stdio: [...options.stdio, 'ipc'],
      serialization: 'advanced',
    });
    this.#child.on('error', () => {});
    setImmediate(() => {
      this.#hasSpawned = true;
      this.emit('spawn');
      this.#child.on('message', (message) => this.emit('message', message));
      this.#child.on('exit', (exitCode, signal) => this.#exit(exitCode, signal));
      const { exitCode, signalCode } = this.#child;
      if (exitCode !== null || signalCode !== null) this.#exit(exitCode, signalCode);
    });
  }

  get pid(): number | undefined {
    return this.#hasSpawned && !this.#hasExited ? this.#child.pid : undefined;
  }

  get stdout(): NodeJS.ReadableStream | null {
    return this.#hasExited ? null : this.#child.stdout;
  }

  get stderr(): NodeJS.ReadableStream | null {
    return this.#hasExited ? null : this.#child.stderr;
  }

  postMessage(message: unknown): void {
    if (this.#hasExited) this.#onAppCrash();
    else this.#child.send(message as object, () => {});
  }

  kill(): boolean {
    return this.#hasSpawned && !this.#hasExited && this.#child.kill();
  }

  #exit(exitCode: number | null, signal: NodeJS.Signals | null): void {
    if (this.#hasExited) return;
    this.#hasExited = true;
    // What `waitpid` hands out for a process that a signal has ended is the number of the signal.
    const code = exitCode ?? (signal === null ? 0 : constants.signals[signal]);
    this.emit('exit', code);
    this.emit('exit', code);
  }
}

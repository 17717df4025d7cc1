import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type {
  UtilityChild,
  UtilityForkOptions,
  UtilityProcessModule,
} from '../../main/hosts/utility-process-launcher.ts';

/**
 * Stands in for Electron's `utilityProcess` where there is no Electron: a real child process behind that interface, with
 * the habits that are known of the real one. A kill before `spawn` returns false and does nothing; `pid` is undefined
 * before `spawn` and after the exit; `exit` comes twice and knows no signal; posting to a child that has exited, also
 * from within its `exit` listener, would end the app (here it is counted).
 */
export interface UtilityProcessStandIn extends UtilityProcessModule {
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

class StandInChild extends EventEmitter implements UtilityChild {
  readonly #child: ChildProcess;
  readonly #onAppCrash: () => void;
  #hasSpawned = false;
  #hasExited = false;

  constructor(modulePath: string, args: string[], options: UtilityForkOptions, onAppCrash: () => void) {
    super();
    this.#onAppCrash = onAppCrash;
    this.#child = fork(modulePath, args, {
      env: options.env,
      execArgv: options.execArgv,
      stdio: [...options.stdio, 'ipc'],
      serialization: 'advanced',
    });
    this.#child.on('error', () => {});
    setImmediate(() => {
      this.#hasSpawned = true;
      this.emit('spawn');
      this.#child.on('message', (message) => this.emit('message', message));
      this.#child.on('exit', (exitCode) => this.#exit(exitCode ?? 15));
      if (this.#child.exitCode !== null) this.#exit(this.#child.exitCode);
    });
  }

  get pid(): number | undefined {
    return this.#hasSpawned && !this.#hasExited ? this.#child.pid : undefined;
  }

  get stdout(): NodeJS.ReadableStream | null {
    return this.#child.stdout;
  }

  get stderr(): NodeJS.ReadableStream | null {
    return this.#child.stderr;
  }

  postMessage(message: unknown): void {
    if (this.#hasExited) this.#onAppCrash();
    else this.#child.send(message as object, () => {});
  }

  kill(): boolean {
    return this.#hasSpawned && this.#child.kill();
  }

  #exit(exitCode: number): void {
    if (this.#hasExited) return;
    this.#hasExited = true;
    this.emit('exit', exitCode);
    this.emit('exit', exitCode);
  }
}

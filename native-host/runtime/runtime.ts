/**
 * The public face of the process layer, for code that runs inside hosts and processes. What starts them imports
 * `main/hosts/hosts.ts`.
 */
export type { SharedArray, SharingKind } from '../../shared-state/array-access.ts';
export type { ElementType } from '../../shared-state/elements.ts';
export { SharedArrayHandle } from '../../shared-state/handle.ts';
export { createSharedArray, openSharedArray, type SharingOptions } from '../../shared-state/shared-array.ts';
export type { CallModule, EngineCall, HostedContract, LoadCallModule } from './call-module.ts';
export { CreditMeter } from './credit-meter.ts';
export { type HostOptions, runHost } from './run-host.ts';
export { type ProcessContext, type ProcessMain, runProcess } from './run-process.ts';
export { type ProgramOptions, type ProgramResult, runProgram } from './run-program.ts';
export { serveEngineThread } from './serve-engine-thread.ts';

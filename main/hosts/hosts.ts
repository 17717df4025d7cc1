/**
 * The public face of the process layer, for code that starts hosts and processes. What runs inside them imports
 * `native-host/runtime/runtime.ts`. The README section "The process layer as a library" shows each in use.
 */
export type { Call, CallOptions } from '../../protocol/contract/call.ts';
export {
  type Contract,
  defineContract,
  type Method,
  type Params,
  type Progress,
  type Result,
} from '../../protocol/contract/define-contract.ts';
export { hostControlEvents, hostControlRequests } from '../../protocol/contract/host-control.ts';
export type { Port } from '../../protocol/contract/port.ts';
export { AsideError, type ErrorCode, type ErrorDetails, isAsideError } from '../../protocol/errors.ts';
export type { HostExitReason, HostExitReport } from '../../protocol/model/host-exit.ts';
export type { SharedArray, SharingKind } from '../../shared-state/array-access.ts';
export type { ElementType } from '../../shared-state/elements.ts';
export { SharedArrayHandle } from '../../shared-state/handle.ts';
export { createSharedArray, openSharedArray, type SharingOptions } from '../../shared-state/shared-array.ts';
export type { CallPriority } from './call-queue.ts';
export type { DurationSummary } from './duration-histogram.ts';
export type { EndingDelays } from './end-host.ts';
export { createForkLauncher, type ForkLauncherOptions } from './fork-launcher.ts';
export { hostDepth, MAX_HOST_DEPTH } from './host-depth.ts';
export {
  createHostPool,
  type HostPool,
  type HostPoolOptions,
  type PoolCallOptions,
  type PooledCall,
  type TaskInputs,
  type TaskOptions,
  type TaskOutcome,
} from './host-pool.ts';
export type { HostExit, Launcher } from './launcher.ts';
export type { PoolStatistics } from './pool-statistics.ts';
export { exitsOf } from './processes/exits-of.ts';
export type { HostProcess } from './processes/host-process.ts';
export type { ExitReason, ProcessExit } from './processes/process-exit.ts';
export { type ProcessOptions, startProcess } from './processes/start-process.ts';
export type { RestartLimits } from './restart-policy.ts';
export type { RetryPolicy } from './retry-policy.ts';
export type { SlotStatus } from './slot-status.ts';
export type { SettledTasks, TaskMethods } from './task-methods.ts';
export { createUtilityProcessLauncher, type UtilityProcessModule } from './utility-process-launcher.ts';

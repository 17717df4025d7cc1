/** Node's option that runs `code` before a program: a way to plant a defect into a host that has none. */
export function preload(code: string): string {
  const onlyInMainThread = `import { isMainThread } from 'node:worker_threads'; if (isMainThread) ${code};`;
  return `--import=data:text/javascript,${encodeURIComponent(onlyInMainThread)}`;
}

import type { AppContract } from '../../protocol/contract/app-contract.ts';
import type { Handlers } from '../../protocol/contract/serve.ts';
import { AsideError } from '../../protocol/errors.ts';
import type { ShellServices } from '../shell-services.ts';
import type { AllHosts } from '../speech/hosts-as-one.ts';
import { describeInstallation, type InstallationParts } from './installation.ts';
import type { Misbehaviours } from './misbehave.ts';
import { ProcessMeter } from './process-meter.ts';
import type { ProcessWatch } from './process-watch.ts';

type Methods = 'processes.describe' | 'processes.watch' | 'hosts.end' | 'hosts.restart' | 'developer.misbehave';

export interface PageProcessesParts {
  readonly hosts: Pick<AllHosts, 'end' | 'restart'>;
  readonly watch: ProcessWatch;
  readonly misbehaviours: Misbehaviours;
  readonly installation: InstallationParts;
  readonly services: Pick<ShellServices, 'shell' | 'pageProcess'>;
}

/** What one page may know and do about processes. It names them by id, and reaches none but our own hosts. */
export function createPageProcesses(parts: PageProcessesParts): Pick<Handlers<AppContract>, Methods> {
  const { hosts, watch, misbehaviours, installation, services } = parts;
  return {
    'processes.describe': () => describeInstallation(installation, services.shell),
    'processes.watch': async (_, { signal, progress }) => {
      const meter = new ProcessMeter();
      const end = watch.watch((report) => {
        const page = services.pageProcess();
        progress({ ...report, page: page && meter.note(page, report.atMs) });
      });
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      end();
      return {};
    },
    'hosts.end': ({ pid }) => {
      if (!hosts.end(pid)) throw noSuchHost(pid);
      return {};
    },
    'hosts.restart': ({ pid }) => {
      if (!hosts.restart(pid)) throw noSuchHost(pid);
      return {};
    },
    'developer.misbehave': ({ how }, { signal }) => misbehaviours.run(how, signal),
  };
}

function noSuchHost(pid: number): AsideError<'refused'> {
  return new AsideError('refused', `No voice or audio process of Aside has the id ${pid}`, {
    details: { reason: 'no-such-host' },
    remedy: 'It has probably just ended. Look at the list again.',
  });
}

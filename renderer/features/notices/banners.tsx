import { useFeature } from '../../services-context.ts';
import { ConnectionBanner } from '../connection/connection-banner.tsx';
import { gaveUp } from '../hosts/hosts.ts';
import { HostsBanner } from '../hosts/hosts-banner.tsx';

/** What stands in the way until somebody does something about it: in a row of its own, so that it covers nothing. */
export function Banners() {
  const isConnected = useFeature(
    ({ link }) => link.state,
    ({ kind }) => kind === 'connected',
  );
  const hasGivenUp = useFeature(
    ({ hosts }) => hosts.store,
    (hosts) => gaveUp(hosts) !== undefined,
  );
  if (isConnected && !hasGivenUp) return null;
  return (
    <section className="banners" aria-label="Urgent notices">
      <ConnectionBanner />
      <HostsBanner />
    </section>
  );
}

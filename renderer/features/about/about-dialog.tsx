import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
} from '@fluentui/react-components';
import { useReturnFocus } from '../../components/use-return-focus.ts';
import { useFeature, useServices } from '../../services-context.ts';
import { Notices } from './notices.tsx';
import './about-dialog.css';

/** What Aside is, and what may be done with it. */
export function AboutDialog() {
  const { surfaces } = useServices();
  const { isAboutOpen, version } = useFeature(
    (services) => services.surfaces,
    (state) => state,
  );
  useReturnFocus(isAboutOpen, '[data-opens-settings]');
  return (
    <Dialog open={isAboutOpen} onOpenChange={(_, { open }) => surfaces.setState({ isAboutOpen: open })}>
      <DialogSurface className="about">
        <DialogBody>
          <DialogTitle>About Aside</DialogTitle>
          <DialogContent>
            <p>Aside {version} reads text aloud and makes audio files from text.</p>
            <p>
              It is free software under the GNU General Public License, version 3 or later (GPL-3.0-or-later): you may
              use, share and change it under its terms. It comes without any warranty.
            </p>
            <Notices />
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button appearance="secondary">Close</Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

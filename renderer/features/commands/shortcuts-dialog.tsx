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
import { Keys } from '../../components/keys.tsx';
import { useReturnFocus } from '../../components/use-return-focus.ts';
import { useFeature, useServices } from '../../services-context.ts';
import { COMMANDS } from './commands.ts';
import './shortcuts-dialog.css';

export function ShortcutsDialog() {
  const { surfaces } = useServices();
  const isOpen = useFeature(
    (services) => services.surfaces,
    ({ isShortcutsOpen }) => isShortcutsOpen,
  );
  useReturnFocus(isOpen);
  return (
    <Dialog open={isOpen} onOpenChange={(_, { open }) => surfaces.setState({ isShortcutsOpen: open })}>
      <DialogSurface className="shortcuts">
        <DialogBody>
          <DialogTitle>Keyboard shortcuts</DialogTitle>
          <DialogContent>
            <dl className="shortcuts__list">
              {COMMANDS.map(({ id, label }) => (
                <div key={id} className="shortcuts__row">
                  <dt>{label}</dt>
                  <dd>
                    <Keys of={id} />
                  </dd>
                </div>
              ))}
            </dl>
            <p className="shortcuts__hint">
              In the bar at the bottom, ← and → go to the sentence before or after, Page Up and Page Down further.
            </p>
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

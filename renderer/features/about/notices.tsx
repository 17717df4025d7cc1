import { Button } from '@fluentui/react-components';
import { useId, useState } from 'react';

type Shown = { readonly kind: 'none' } | { readonly kind: 'text'; readonly text: string } | { readonly kind: 'failed' };

/** The licences of Aside and of all that comes with it. They are long, so they are loaded when somebody asks. */
export function Notices() {
  const id = useId();
  const [shown, setShown] = useState<Shown>({ kind: 'none' });
  const isOpen = shown.kind === 'text';
  const toggle = async (): Promise<void> => {
    if (isOpen) return setShown({ kind: 'none' });
    try {
      const { default: text } = await import('./notices.txt?raw');
      setShown({ kind: 'text', text });
    } catch {
      setShown({ kind: 'failed' }); // the server of the page is gone, for which there is a banner
    }
  };
  return (
    <>
      <Button size="small" aria-expanded={isOpen} aria-controls={isOpen ? id : undefined} onClick={() => void toggle()}>
        {isOpen ? 'Hide licences and notices' : 'Show licences and notices'}
      </Button>
      {shown.kind === 'failed' && <p role="alert">They could not be loaded. Is Aside still running? Try again.</p>}
      {shown.kind === 'text' && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it
        <section id={id} className="about__notices" aria-label="Licences and notices" tabIndex={0}>
          {shown.text}
        </section>
      )}
    </>
  );
}

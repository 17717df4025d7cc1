import { useFeature } from '../../services-context.ts';
import { formatAgo } from './format.ts';
import { describeExit, engineName } from './host-words.ts';
import './ended-lately.css';

const SHOWN = 5;

/** The hosts that are no more, also those in whose place there is no other. */
export function EndedLately() {
  const exits = useFeature(
    ({ processes }) => processes.store,
    ({ report }) => report?.exits,
  );
  if (!exits || exits.length === 0) return null;
  return (
    <section className="ended" aria-label="Ended lately">
      <h3 className="processes__subtitle">Ended lately</h3>
      <ul className="ended__list">
        {exits.slice(0, SHOWN).map((exit) => (
          <li key={`${exit.pid} ${exit.engine}`} className="ended__item tabular">
            <span className="ended__when">{formatAgo(exit.agoMs)}</span>
            <span className="ended__who">
              {exit.pid ?? 'never started'} {engineName(exit.engine)}
            </span>
            <span>{describeExit(exit)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

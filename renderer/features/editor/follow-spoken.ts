import { EditorView } from '@codemirror/view';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { decideFollow, isInSight, REST_AT, type WordPlace } from './follow-decision.ts';
import { spokenHighlight } from './spoken-highlight.ts';

/** A user who is typing does not want the text to move. */
const TYPING_HOLDS_MS = 4_000;

export type Away = 'above' | 'below';

/** What is seen of the text, and in which direction the spoken word would be. */
interface View {
  readonly place: WordPlace;
  readonly direction: Away;
}

/** Keeps the spoken word in view, as far as the user wants it. */
export class SpokenFollower {
  /** `away`: the user looks at another place of the text; the spoken word is above or below it. */
  readonly store: StoreApi<{ readonly away: Away | null }> = createStore(() => ({ away: null }));
  readonly #view: EditorView;
  #isScrollingItself = false;
  #lastTypedMs = Number.NEGATIVE_INFINITY;

  constructor(view: EditorView) {
    this.#view = view;
    const { scrollDOM } = view;
    for (const type of ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const) {
      scrollDOM.addEventListener(type, () => this.#userActs(), { passive: true });
    }
    scrollDOM.addEventListener('scrollend', () => {
      this.#isScrollingItself = false;
    });
    scrollDOM.addEventListener('scroll', () => this.#scrolled(), { passive: true });
  }

  /** The user typed: for a while the view stays where it is. */
  typed(): void {
    this.#lastTypedMs = performance.now();
  }

  /** The spoken word changed. */
  update(): void {
    this.#view.requestMeasure({
      key: this,
      read: () => this.#look(),
      write: (view) => view && this.#follow(view),
    });
  }

  /** Goes to the spoken word and follows it again. */
  goToWord(): void {
    this.store.setState({ away: null });
    this.#lastTypedMs = Number.NEGATIVE_INFINITY;
    this.update();
  }

  #userActs(): void {
    this.#isScrollingItself = false;
  }

  #scrolled(): void {
    if (this.#isScrollingItself || !this.#position()) return;
    this.#view.requestMeasure({
      key: this.store,
      read: () => this.#look(),
      write: (view) => view && this.store.setState({ away: isInSight(view.place) ? null : view.direction }),
    });
  }

  #position(): number | null {
    const { state } = this.#view;
    return (spokenHighlight.word(state) ?? spokenHighlight.sentence(state))?.from ?? null;
  }

  #look(): View | null {
    const position = this.#position();
    if (position === null) return null;
    const { top, bottom, left } = this.#view.scrollDOM.getBoundingClientRect();
    const first = this.#view.posAtCoords({ x: left, y: top }, false);
    return {
      place: { word: this.#view.coordsAtPos(position, 1), window: { top, bottom } },
      direction: position < first ? 'above' : 'below',
    };
  }

  #follow({ place, direction }: View): void {
    const isTyping = performance.now() - this.#lastTypedMs < TYPING_HOLDS_MS;
    const decision = decideFollow(place, this.store.getState().away !== null || isTyping);
    if (decision !== 'scroll') {
      this.store.setState({ away: decision === 'away' ? direction : null });
      return;
    }
    this.#isScrollingItself = true;
    if (place.word && isInSight(place)) this.#glide(place.word.top - place.window.top);
    else queueMicrotask(() => this.#jump()); // an editor that measures takes no transaction
  }

  #glide(offset: number): void {
    const { scrollDOM } = this.#view;
    const top = scrollDOM.scrollTop + offset - scrollDOM.clientHeight * REST_AT;
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    scrollDOM.scrollTo({ top, behavior: isCalm ? 'instant' : 'smooth' });
  }

  #jump(): void {
    const position = this.#position();
    if (position === null) return;
    const yMargin = this.#view.scrollDOM.clientHeight * REST_AT;
    this.#view.dispatch({ effects: EditorView.scrollIntoView(position, { y: 'start', yMargin }) });
  }
}

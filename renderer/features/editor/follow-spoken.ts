import { EditorView } from '@codemirror/view';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { decideFollow, isInSight, REST_AT, type WordPlace } from './follow-decision.ts';
import { spokenHighlight } from './spoken-highlight.ts';

/** A user who is typing does not want the text to move. */
const TYPING_HOLDS_MS = 4_000;

/** Keeps the spoken word in view, as far as the user wants it. */
export class SpokenFollower {
  /** `isAway`: the user looks at another place of the text than the one that is read. */
  readonly store: StoreApi<{ readonly isAway: boolean }> = createStore(() => ({ isAway: false }));
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
      read: () => this.#place(),
      write: (place) => place && this.#follow(place),
    });
  }

  /** Goes to the spoken word and follows it again. */
  goToWord(): void {
    this.store.setState({ isAway: false });
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
      read: () => this.#place(),
      write: (place) => place && this.store.setState({ isAway: !isInSight(place) }),
    });
  }

  #position(): number | null {
    const { state } = this.#view;
    return (spokenHighlight.word(state) ?? spokenHighlight.sentence(state))?.from ?? null;
  }

  #place(): WordPlace | null {
    const position = this.#position();
    if (position === null) return null;
    const { top, bottom } = this.#view.scrollDOM.getBoundingClientRect();
    return { word: this.#view.coordsAtPos(position, 1), window: { top, bottom } };
  }

  #follow(place: WordPlace): void {
    const isTyping = performance.now() - this.#lastTypedMs < TYPING_HOLDS_MS;
    const decision = decideFollow(place, this.store.getState().isAway || isTyping);
    if (decision !== 'scroll') {
      this.store.setState({ isAway: decision === 'away' });
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

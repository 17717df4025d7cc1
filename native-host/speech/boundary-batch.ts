import { type Boundary, MAX_BOUNDARIES_PER_MESSAGE } from '../../protocol/model/boundary.ts';

/** Boundaries that wait to be sent together. */
export class BoundaryBatch {
  readonly #send: (boundaries: Boundary[]) => void;
  #waiting: Boundary[] = [];

  constructor(send: (boundaries: Boundary[]) => void) {
    this.#send = send;
  }

  /** Sends by itself what fills one message. */
  add(boundary: Boundary): void {
    this.#waiting.push(boundary);
    if (this.#waiting.length === MAX_BOUNDARIES_PER_MESSAGE) this.flush();
  }

  flush(): void {
    if (this.#waiting.length === 0) return;
    const boundaries = this.#waiting;
    this.#waiting = [];
    this.#send(boundaries);
  }
}

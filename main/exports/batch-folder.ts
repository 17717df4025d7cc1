import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { FileBeginning } from '../../protocol/model/file-beginning.ts';
import { writeAtomic } from '../files/write-atomic.ts';
import type { ExportRegister, SharedFolder } from './export-job.ts';
import { isThere } from './free-targets.ts';
import { itemsNotMade, readBatch, type SavedBatch } from './saved-batch.ts';
import { BATCH, WORK_SUFFIX, WorkFolder } from './work-folder.ts';

/**
 * The folder of a batch in the making, `aside-batch-<random>.part`, beside what is made: it remembers what is to be made
 * after a kill, and short texts, which leave nothing to go on with, lie in it until they are whole. So they need no
 * folder each.
 */
export class BatchFolder implements SharedFolder {
  readonly #work: WorkFolder;
  readonly #register: ExportRegister;
  readonly #isNoted: boolean;
  #remembered: Promise<void> = Promise.resolve();
  /** What was made in it by a host of a run that was killed, and that may still be at it, is no file of this run. */
  readonly #run = randomBytes(4).toString('hex');
  #files = 0;

  private constructor(work: WorkFolder, register: ExportRegister, isNoted: boolean) {
    this.#work = work;
    this.#register = register;
    this.#isNoted = isNoted;
  }

  /** Rejects with `file`. */
  static async open(outDir: string, register: ExportRegister): Promise<BatchFolder> {
    const place = join(outDir, `aside-batch-${randomBytes(4).toString('hex')}`);
    const path = `${place}${WORK_SUFFIX}`;
    const isNoted = await register.note(path); // first, so that no kill leaves a folder that nobody knows of
    try {
      return new BatchFolder(await WorkFolder.claim(place), register, isNoted);
    } catch (error) {
      await register.forget(path);
      throw error;
    }
  }

  /** That of a batch which was interrupted. Rejects with `refused` (`target-busy`) while another run has it. */
  static async goOn(path: string, register: ExportRegister): Promise<BatchFolder> {
    const work = await WorkFolder.reclaim(path);
    await work.clear([BATCH]).catch(() => {}); // halves of files that nobody goes on with
    return new BatchFolder(work, register, true);
  }

  /** Before its texts: what is made of them is newer. One that cannot be remembered is made all the same. */
  remember(batch: SavedBatch): void {
    this.#remembered = writeAtomic(this.#work.file(BATCH), [JSON.stringify(batch)]).catch(() => {});
  }

  /** Forgets texts, and what is made. Whether anything is left to remember. Rejects with what the file system says. */
  async drop(outs: ReadonlySet<string>): Promise<boolean> {
    const found = await readBatch(this.path);
    if (typeof found === 'string') return found === 'other';
    const items = (await itemsNotMade(found)).filter(({ out }) => !outs.has(out));
    // As old as it was: by its age it tells what is made.
    const json = JSON.stringify({ ...found.batch, items });
    if (items.length > 0) await writeAtomic(this.#work.file(BATCH), [json], { modifiedMs: found.begunMs });
    return items.length > 0;
  }

  get path(): string {
    return this.#work.path;
  }

  newFile(): string {
    this.#files += 1;
    return this.#work.file(`${this.#run}-${this.#files}.wav`);
  }

  get beginning(): FileBeginning {
    return this.#work.goingOn();
  }

  /**
   * Once nobody is at work in it. `hasRest`: there is something that a later run is to make. Whether it will know of it.
   * Never rejects.
   */
  async leave(hasRest: boolean): Promise<boolean> {
    await this.#remembered;
    if (hasRest && this.#isNoted && (await isThere(this.#work.file(BATCH)))) {
      await this.#work.release();
      return true;
    }
    await this.#work.discard();
    // A host that was cancelled may be late with its file: then the folder is found, and removed, another time.
    if (!(await isThere(this.path))) await this.#register.forget(this.path);
    return false;
  }
}

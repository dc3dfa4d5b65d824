/** What stood where at one look. `written` and `flushed` are bytes of the write-ahead log. */
export type Look = Readonly<{
  positions: ReadonlyMap<string, number>;
  written: number;
  flushed: number;
  /** Another one after each start of the server. */
  life: string;
}>;

const isWatermark = (mark: string): boolean => mark.startsWith('watermark');

/**
 * Marks that only ever go forward. Views commit without waiting for the disk, so a crash of the server may take back what
 * had not reached it, the watermark together with its effects; what had reached it must stay, whatever happens.
 */
export class Marks {
  checkpointBackwards = 0;
  watermarkBackwards = 0;
  #seen = new Map<string, number>();
  /** Looks whose marks may not be on disk yet, the oldest first. */
  #unflushed: { written: number; positions: ReadonlyMap<string, number> }[] = [];
  #onDisk: ReadonlyMap<string, number> = new Map();
  #life: string | undefined;

  get positions(): ReadonlyMap<string, number> {
    return this.#seen;
  }

  add({ positions, written, flushed, life }: Look): void {
    if (this.#life !== undefined && this.#life !== life) this.#forgetUnflushed();
    this.#life = life;
    for (const [mark, position] of positions) {
      if (position < (this.#seen.get(mark) ?? 0)) this.#count(mark);
      this.#seen.set(mark, position);
    }
    this.#unflushed.push({ written, positions });
    while (this.#unflushed[0] && this.#unflushed[0].written <= flushed)
      this.#onDisk = this.#unflushed.shift()?.positions ?? this.#onDisk;
  }

  #count(mark: string): void {
    if (isWatermark(mark)) this.watermarkBackwards += 1;
    else this.checkpointBackwards += 1;
  }

  #forgetUnflushed(): void {
    this.#unflushed = [];
    for (const mark of this.#seen.keys()) if (isWatermark(mark)) this.#seen.set(mark, this.#onDisk.get(mark) ?? 0);
  }
}

const CHUNK_BITS = 1 << 20;

/** A set of positions: a bit each, so that ten million take a little more than a megabyte. */
export class PositionsSeen {
  readonly #chunks = new Map<number, Uint8Array>();

  /** Answers whether it is new. */
  add(position: number): boolean {
    const [chunk, at, bit] = this.#placeOf(position);
    const before = chunk[at] ?? 0;
    chunk[at] = before | bit;
    return (before & bit) === 0;
  }

  /** How many of the positions from 1 to this one were not added. */
  missingUpTo(last: number): number {
    let seen = 0;
    for (const [nth, chunk] of this.#chunks) {
      const within = Math.min(CHUNK_BITS, last + 1 - nth * CHUNK_BITS);
      for (let bit = 0; bit < within; bit += 1) if ((chunk[bit >> 3] ?? 0) & (1 << (bit & 7))) seen += 1;
    }
    return last - seen;
  }

  #placeOf(position: number): readonly [chunk: Uint8Array, at: number, bit: number] {
    const nth = Math.floor(position / CHUNK_BITS);
    const chunk = this.#chunks.get(nth) ?? new Uint8Array(CHUNK_BITS / 8);
    this.#chunks.set(nth, chunk);
    const bit = position % CHUNK_BITS;
    return [chunk, bit >> 3, 1 << (bit & 7)];
  }
}

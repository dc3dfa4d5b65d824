const FIRST = 64;
// On a busy machine a small batch takes as long as a large one: what is slow is what makes others wait.
const QUICK_MS = 500;
const SLOW_MS = 2_000;

/** How many records a transaction takes: doubled while batches come full and are quick, halved when they are slow or fail. */
export class BatchSize {
  private readonly largest: number;
  private size: number;

  constructor(largest: number) {
    this.largest = Math.max(1, largest);
    this.size = Math.min(FIRST, this.largest);
  }

  get current(): number {
    return this.size;
  }

  /** A batch of so many had its effect, in one piece or not. */
  took(records: number, ms: number, inOnePiece = true): void {
    if (!inOnePiece || ms > SLOW_MS) this.size = Math.max(1, this.size >> 1);
    else if (records >= this.size && ms < QUICK_MS) this.size = Math.min(this.largest, this.size * 2);
  }
}

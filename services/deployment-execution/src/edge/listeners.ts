import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ProblemException } from '@slipway/edge';

/** Somebody who listens: `signal` says when to stop. */
export type Listener = Readonly<{ signal: AbortSignal; leave: () => void }>;

const MOST = 200;
// A token may have lost its permission meanwhile: whoever wants more asks again, from where he was.
const LONGEST_MS = 10 * 60_000;

/** Those who follow deployments: only so many, and none beyond a shutdown. */
@Injectable()
export class Listeners implements OnModuleDestroy {
  private readonly closing = new AbortController();
  private count = 0;

  /** 503 when there are as many as there may be. */
  join(): Listener {
    if (this.count >= MOST) throw new ProblemException(TOO_MANY);
    this.count += 1;
    const gone = new AbortController();
    return {
      signal: AbortSignal.any([this.closing.signal, gone.signal, AbortSignal.timeout(LONGEST_MS)]),
      leave: () => {
        if (!gone.signal.aborted) this.count -= 1;
        gone.abort();
      },
    };
  }

  /** A stream has no end of its own, and a shutdown waits for what is under way. */
  onModuleDestroy(): void {
    this.closing.abort();
  }
}

const TOO_MANY = {
  status: 503,
  code: 'too-many-listeners',
  detail: `At most ${MOST} may follow deployments at once; try again, or ask now and then.`,
  retryAfter: 30,
};

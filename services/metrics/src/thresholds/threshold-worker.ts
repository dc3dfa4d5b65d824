import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { IDLE_MS, News, POLL_MS, Service } from '@slipway/service';
import { gauge, metricNames } from '@slipway/telemetry';
import { setTimeout as pause } from 'node:timers/promises';
import { standing } from './evaluations.ts';
import { judgeDue } from './judging.ts';
import { thresholdWatch } from './watch.projection.ts';

/** Judges thresholds as their figures may have changed, for as long as the application runs. Any number of processes may. */
@Injectable()
export class ThresholdWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopped = new AbortController();
  private running = Promise.resolve();
  private readonly news: News;

  constructor(private readonly service: Service) {
    this.news = new News(service, thresholdWatch);
  }

  onApplicationBootstrap(): void {
    this.running = this.work();
  }

  /** Lets the round that is under way have its effect. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await this.running;
  }

  /** What fails is tried again after a while, since it is the database that is away. */
  private async work(): Promise<void> {
    while (!this.stopped.signal.aborted)
      try {
        const began = performance.now();
        const judged = await judgeDue(this.service, new Date());
        // As long again as a round took: judging never takes more than half of what there is.
        await (judged > 0 ? this.rest(performance.now() - began) : this.somethingNew());
      } catch (error) {
        const why = error instanceof Error ? error.message : 'failed';
        this.service.logger.warn(`thresholds: ${why}; trying again`);
        await this.rest(POLL_MS);
      }
  }

  private async somethingNew(): Promise<void> {
    const { waitingSeconds, dueMs } = await standing(this.service.dataSource);
    gauge(metricNames.thresholdsOldest, waitingSeconds);
    // Facts that are on their way are told of by nobody.
    const atMost = waitingSeconds > 0 ? POLL_MS : Math.min(Math.max(dueMs, POLL_MS), IDLE_MS);
    await this.news.next(atMost, this.stopped.signal);
  }

  private async rest(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.stopped.signal }).catch(() => undefined);
  }
}

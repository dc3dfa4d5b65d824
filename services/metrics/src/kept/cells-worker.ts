import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { IDLE_MS, News, POLL_MS, Service } from '@slipway/service';
import { setTimeout as pause } from 'node:timers/promises';
import { facts } from '../read/facts.projection.ts';
import { closeDue } from '../restatements/closing.ts';
import { tellRestatement, toldUpTo } from '../restatements/telling.ts';
import { refresh } from './refresh.ts';
import { type ReportingCalendar, reportingCalendarIn } from './reporting-calendar.ts';

/** Between two looks at periods that may be due. */
const CLOSING_MS = 60_000;
/**
 * So many times as long as a round took comes a rest: what happens to a service meanwhile is counted once, and by far the most
 * of the time belongs to others. A report does not wait for it, but counts by itself what it is asked for; where that is too
 * much, the rest is over.
 */
const REST = 4;
const LONGEST_REST_MS = 30_000;
const LOCK = 'metrics.cells';

/** Keeps the figures of services up to date, for as long as the application runs; of several processes one at a time. */
@Injectable()
export class CellsWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly calendar: ReportingCalendar = reportingCalendarIn(process.env);
  private readonly stopped = new AbortController();
  private readonly news: News;
  private running = Promise.resolve();
  private looked = Number.NEGATIVE_INFINITY;
  private resting = new AbortController();

  constructor(private readonly service: Service) {
    this.news = new News(service, facts);
  }

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await this.running;
  }

  /** Somebody waits for figures. */
  hurry(): void {
    this.resting.abort();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      const began = performance.now();
      const more = await this.work().catch((error: unknown) => {
        this.service.logger.warn(`figures: ${error instanceof Error ? error.message : 'failed'}; trying again`);
        return undefined;
      });
      if (more === undefined) await this.rest(POLL_MS);
      else if (more) await this.rest(Math.min(REST * (performance.now() - began), LONGEST_REST_MS));
      else await this.news.next(IDLE_MS, signal);
    }
  }

  private async rest(ms: number): Promise<void> {
    this.resting = new AbortController();
    const signal = AbortSignal.any([this.stopped.signal, this.resting.signal]);
    await pause(ms, undefined, { signal }).catch(() => undefined);
  }

  /** Undefined when somebody else is at it. */
  private work(): Promise<boolean | undefined> {
    const { service, calendar } = this;
    return alone(service.dataSource, async () => {
      const refreshed = await refresh({
        dataSource: service.dataSource,
        zone: calendar.zone,
        now: Date.now(),
        told: period => toldUpTo(service, period.period),
        tell: restatement => tellRestatement(service, restatement),
      });
      if (!refreshed && performance.now() - this.looked > CLOSING_MS) {
        this.looked = performance.now();
        await closeDue(service, calendar, Date.now());
      }
      return refreshed;
    });
  }
}

const alone = async <Result>(
  dataSource: Service['dataSource'],
  work: () => Promise<Result>,
): Promise<Result | undefined> => {
  const runner = dataSource.createQueryRunner();
  try {
    const [locked] = (await runner.query('SELECT pg_try_advisory_lock(hashtext($1)) AS mine', [LOCK])) as [
      { mine: boolean },
    ];
    if (!locked.mine) return undefined;
    try {
      return await work();
    } finally {
      await runner.query('SELECT pg_advisory_unlock(hashtext($1))', [LOCK]);
    }
  } finally {
    await runner.release();
  }
};

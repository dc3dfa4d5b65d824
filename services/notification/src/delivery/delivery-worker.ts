import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { askingThrough, IDLE_MS, News, POLL_MS, Service } from '@slipway/service';
import { gauge, metricNames } from '@slipway/telemetry';
import { setTimeout as pause } from 'node:timers/promises';
import { type Settings, settingsIn } from '../settings.ts';
import { attempt } from './attempt.ts';
import { claim, type Claimed, nextDueMs, oldestWaiting } from './claims.ts';
import { deliveriesCopy } from './deliveries.projection.ts';
import { replayMore } from './replay.ts';

const MOST_AT_ONCE = 32;
const MOST_A_RECEIVER = 8;
/** What a lease lasts beyond the longest attempt. */
const LEASE_MARGIN_MS = 2_000;
const MEASURE_MS = 5_000;

/** Delivers what waits, for as long as the application runs. Any number of processes may. */
@Injectable()
export class DeliveryWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly settings: Settings = settingsIn(process.env);
  private readonly stopped = new AbortController();
  private readonly underWay = new Set<Promise<void>>();
  private running = Promise.resolve();
  private readonly news: News;

  constructor(private readonly service: Service) {
    this.news = new News(service, deliveriesCopy);
  }

  onApplicationBootstrap(): void {
    this.running = Promise.all([this.keep(() => this.deliver()), this.keep(() => this.measure())]).then(
      () => undefined,
    );
  }

  /** Lets attempts that are under way have their outcome. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await this.running;
    await Promise.all(this.underWay);
  }

  /** Again and again; what fails is tried again after a while, since it is the database that is away. */
  private async keep(work: () => Promise<void>): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted)
      await work().catch(async (error: unknown) => {
        this.warn(error);
        await pause(POLL_MS, undefined, { signal }).catch(() => undefined);
      });
  }

  private async deliver(): Promise<void> {
    const { dataSource, store } = this.service;
    while (await dataSource.transaction(manager => replayMore(askingThrough(manager), store)));
    const most = MOST_AT_ONCE - this.underWay.size;
    const leaseMs = this.settings.timeoutMs + LEASE_MARGIN_MS;
    const claimed =
      most > 0 ? await claim(askingThrough(dataSource), { most, mostAReceiver: MOST_A_RECEIVER, leaseMs }) : [];
    for (const each of claimed) this.begin(each);
    if (claimed.length === 0) await this.somethingNew();
  }

  private begin(claimed: Claimed): void {
    const trying = attempt(this.service, this.settings, claimed)
      .catch((error: unknown) => this.warn(error))
      .finally(() => this.underWay.delete(trying));
    this.underWay.add(trying);
  }

  /** An event that was looked at, an attempt that ended, or a while. */
  private async somethingNew(): Promise<void> {
    const enough = new AbortController();
    const signal = AbortSignal.any([this.stopped.signal, enough.signal]);
    const due = await nextDueMs(askingThrough(this.service.dataSource));
    await Promise.race([this.news.next(Math.min(Math.max(due, POLL_MS), IDLE_MS), signal), ...this.underWay]);
    enough.abort();
  }

  private async measure(): Promise<void> {
    gauge(metricNames.deliveriesOldest, await oldestWaiting(askingThrough(this.service.dataSource)));
    await pause(MEASURE_MS, undefined, { signal: this.stopped.signal }).catch(() => undefined);
  }

  private warn(error: unknown): void {
    this.service.logger.warn(`deliveries: ${error instanceof Error ? error.message : 'failed'}; trying again`);
  }
}

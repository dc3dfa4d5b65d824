import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { askingThrough, IDLE_MS, News, POLL_MS, Service } from '@slipway/service';
import { count, metricNames } from '@slipway/telemetry';
import { setTimeout as pause } from 'node:timers/promises';
import { deliveriesCopy } from '../delivery/deliveries.projection.ts';
import { wordsByTemplate } from '../read/template-list.query.ts';
import { settingsIn } from '../settings.ts';
import { waitAfter } from '../webhooks/schedule.ts';
import { isCommunication, recordReceipt, wordsOfCommunications } from './communications.ts';
import { type Envelope, envelopesOf, type Looked, wordsOf } from './letters.ts';
import { claimMail, type ClaimedMail, type MailOutcome, nextMailDueMs, settleMail } from './mail-claims.ts';
import { type Mailed, mailerIn } from './mailer.ts';

const MOST_AT_ONCE = 100;
/** More than all of them can take at worst. */
const LEASE_MS = 300_000;

/** Sends the mail that is due, for as long as the application runs. */
@Injectable()
export class MailWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly mailer = mailerIn(process.env);
  private readonly settings = settingsIn(process.env);
  private readonly stopped = new AbortController();
  private running = Promise.resolve();

  private readonly news: News;

  constructor(private readonly service: Service) {
    this.news = new News(service, deliveriesCopy);
  }

  onApplicationBootstrap(): void {
    this.running = this.work();
  }

  /** Lets the mail in hand have its outcome. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await this.running;
    this.mailer?.close();
  }

  private async work(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted)
      try {
        const claimed = await claimMail(askingThrough(this.service.dataSource), MOST_AT_ONCE, LEASE_MS);
        if (claimed.length > 0) await this.sendAll(claimed);
        else await this.somethingNew();
      } catch (error) {
        this.service.logger.warn(`mail: ${error instanceof Error ? error.message : 'failed'}; trying again`);
        await pause(POLL_MS, undefined, { signal }).catch(() => undefined);
      }
  }

  private async somethingNew(): Promise<void> {
    const due = await nextMailDueMs(askingThrough(this.service.dataSource));
    await this.news.next(Math.min(Math.max(due, POLL_MS), IDLE_MS), this.stopped.signal);
  }

  private async sendAll(claimed: readonly ClaimedMail[]): Promise<void> {
    const { directory, dataSource, store } = this.service;
    const envelopes = envelopesOf(claimed);
    const addresses = await directory.addresses([...new Set(claimed.map(({ recipient }) => recipient))]);
    const looked: Looked = {
      templates: await wordsByTemplate(
        dataSource,
        claimed.flatMap(({ templateId }) => templateId ?? []),
      ),
      numbers: await store.numbersOf([...new Set(claimed.map(({ stream }) => stream))]),
      communications: await wordsOfCommunications(
        this.service,
        claimed.filter(isCommunication).map(({ stream }) => stream),
      ),
    };
    await Promise.all(envelopes.map(each => this.send(each, looked, addresses.get(each.recipient))));
  }

  private async send(envelope: Envelope, looked: Looked, to: string | undefined): Promise<void> {
    const { mails } = envelope;
    const words = wordsOf(envelope, looked);
    const at = new Date();
    const began = performance.now();
    const mailed = words ? await this.mailed(to, { ...words, messageId: mails[0]?.id ?? '' }) : ERASED;
    const durationMs = Math.round(performance.now() - began);
    const outcome = this.outcomeOf(mailed, mails[0]?.failures ?? 0, words?.digest);
    for (const mail of mails.filter(isCommunication)) await recordReceipt(this.service, mail, outcome);
    await settleMail(askingThrough(this.service.dataSource), mails, { at, durationMs }, outcome);
    count(metricNames.deliveries, mails.length, {
      outcome: outcome.state === 'waiting' ? 'to-be-tried-again' : outcome.state,
    });
  }

  private async mailed(
    to: string | undefined,
    { subject, text, messageId }: Readonly<{ subject: string; text: string; messageId: string }>,
  ): Promise<Mailed | Undeliverable> {
    if (!this.mailer) return { error: 'mail-not-set-up', gone: true };
    return to === undefined ? { error: 'no-address', gone: true } : this.mailer.send({ to, subject, text, messageId });
  }

  private outcomeOf({ error, gone, ...rest }: Mailed | Undeliverable, failures: number, digest = ''): MailOutcome {
    if (error === undefined) return { state: 'delivered', digest, ...rest };
    const waitSeconds = gone ? undefined : waitAfter(failures + 1, Math.random(), 0, this.settings.schedule);
    if (waitSeconds === undefined) return { state: 'failed', digest, error, ...rest };
    return { state: 'waiting', waitSeconds, digest, error, ...rest };
  }
}

type Undeliverable = Readonly<{ error: 'mail-not-set-up' | 'no-address' | 'erased'; gone: true; status?: never }>;

const ERASED: Undeliverable = { error: 'erased', gone: true };

import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { connectKafka, type KafkaPublisher, kafkaPublisher } from '@slipway/consumers';
import { type Ask, askingThrough, IDLE_MS, News, POLL_MS, Service } from '@slipway/service';
import { setTimeout as pause } from 'node:timers/promises';
import { CDEVENTS_AFTER, type Placed } from '../read/cdevents.query.ts';
import { headersOf } from './cdevent.ts';
import { cdEventsCopy } from './cdevents.projection.ts';

const AT_ONCE = 500;

const BEGIN = `
  WITH begun AS (
    INSERT INTO cdevents_published_v1 (topic, position) VALUES ($1, 0) ON CONFLICT DO NOTHING
  )
  SELECT 1 AS begun`;
const MARK = 'SELECT position::float8 AS position FROM cdevents_published_v1 WHERE topic = $1 FOR UPDATE';
const MOVE = `
  WITH moved AS (UPDATE cdevents_published_v1 SET position = $2 WHERE topic = $1)
  SELECT 1 AS moved`;

/**
 * Publishes the feed to `<prefix>.cdevents`, CloudEvents in binary mode, key = subject. At least once, in the order of the log,
 * under the ids of our events; whoever holds the row of the topic publishes, so that several processes do not race.
 */
@Injectable()
export class CdEventsPublisher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopped = new AbortController();
  private running = Promise.resolve();

  private readonly news: News;

  constructor(private readonly service: Service) {
    this.news = new News(service, cdEventsCopy);
  }

  onApplicationBootstrap(): void {
    const { KAFKA_BROKERS: brokers, TOPIC_PREFIX: prefix = 'slipway' } = process.env;
    if (!brokers) return;
    const publisher = kafkaPublisher(connectKafka('slipway-cdevents', brokers.split(',')));
    this.running = this.publish(publisher, `${prefix}.cdevents`).then(publisher.stop);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await this.running;
  }

  private async publish(publisher: KafkaPublisher, topic: string): Promise<void> {
    const { signal } = this.stopped;
    const { dataSource, logger } = this.service;
    while (!signal.aborted) {
      try {
        await askingThrough(dataSource)(BEGIN, [topic]);
        const published = await dataSource.transaction(manager =>
          publishMore(askingThrough(manager), publisher, topic),
        );
        if (published === 0) await this.news.next(IDLE_MS, signal);
      } catch (error) {
        logger.warn(`cdevents: ${error instanceof Error ? error.message : 'failed'}; trying again`);
        await pause(POLL_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}

const publishMore = async (ask: Ask, publisher: KafkaPublisher, topic: string): Promise<number> => {
  const [mark] = await ask<{ position: number }>(MARK, [topic]);
  const placed = await ask<Placed>(CDEVENTS_AFTER, [mark?.position ?? 0, AT_ONCE]);
  const last = placed.at(-1);
  if (!last) return 0;
  const records = placed.map(({ body }) => ({
    key: body.subject.id,
    value: JSON.stringify(body),
    headers: headersOf(body),
  }));
  await publisher.publish(topic, records);
  await ask(MOVE, [topic, last.position]);
  return placed.length;
};

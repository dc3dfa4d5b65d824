import { metrics } from '@opentelemetry/api';

/** Every metric of Slipway by its name. With what each is counted over, and with which attributes. */
export const metricNames = {
  /** Events appended. `category`. */
  appendCount: 'slipway.append.count',
  /** Appends that lost a race and were decided again. `category`. */
  appendConflicts: 'slipway.append.conflicts',
  /** Milliseconds of an append, from the call to its commit. */
  appendDuration: 'slipway.append.duration',
  /** Events committed and not yet given a position. */
  sequencerLag: 'slipway.sequencer.lag',
  /** Positions given by the sequencer and not yet acknowledged by Kafka. */
  relayLag: 'slipway.relay.lag',
  /** Positions between the head of the log and what a consumer has applied. `consumer`. */
  consumerLag: 'slipway.consumer.lag',
  /** Streams that wait behind an event that could not be handled. `consumer`. */
  consumerParked: 'slipway.consumer.parked',
  /** Events handled. `consumer`. */
  consumerHandled: 'slipway.consumer.handled',
  /** Consumers that went deaf and were started again. `consumer`. */
  consumerRestarts: 'slipway.consumer.restarts',
  /** Instructions of processes carried out. `process`, `outcome`. */
  instructions: 'slipway.instructions',
  /** Webhook messages of a kind that is not used. `tool`, `kind`. */
  webhooksUnused: 'slipway.webhooks.unused',
} as const;

export type MetricName = (typeof metricNames)[keyof typeof metricNames];
export type Attributes = Readonly<Record<string, string>>;

const METER = 'slipway';

// The meter is asked for at each use: an instrument made before the SDK was registered would stay deaf. The SDK keeps one a name.

/** Adds to a counter. Costs nothing when no SDK was started. */
export const count = (name: MetricName, by = 1, attributes: Attributes = {}): void =>
  metrics.getMeter(METER).createCounter(name).add(by, attributes);

/** Records how much there is now. */
export const gauge = (name: MetricName, value: number, attributes: Attributes = {}): void =>
  metrics.getMeter(METER).createGauge(name).record(value, attributes);

/** Records one duration. */
export const milliseconds = (name: MetricName, value: number, attributes: Attributes = {}): void =>
  metrics.getMeter(METER).createHistogram(name, { unit: 'ms' }).record(value, attributes);

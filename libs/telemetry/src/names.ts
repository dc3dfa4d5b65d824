import { type Counter, type Gauge, type Histogram, type Meter, metrics } from '@opentelemetry/api';

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
  /** Seconds for which the oldest of them waited. */
  sequencerLagSeconds: 'slipway.sequencer.lag.seconds',
  /** Positions given by the sequencer and not yet acknowledged by Kafka. */
  relayLag: 'slipway.relay.lag',
  /** Seconds since the oldest of them was given. */
  relayLagSeconds: 'slipway.relay.lag.seconds',
  /** Positions between the head of the log and what a consumer has applied. `consumer`. */
  consumerLag: 'slipway.consumer.lag',
  /** Seconds since the first event that a consumer has not applied was sequenced. `consumer`. */
  consumerLagSeconds: 'slipway.consumer.lag.seconds',
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
  /** Attempts to tell a subscriber of an event. `outcome`. */
  deliveries: 'slipway.deliveries',
  /** Seconds for which the oldest delivery has waited that could go out. */
  deliveriesOldest: 'slipway.deliveries.oldest.seconds',
  /** Seconds for which the oldest threshold has waited whose figure may have changed. */
  thresholdsOldest: 'slipway.thresholds.oldest.seconds',
} as const;

export type MetricName = (typeof metricNames)[keyof typeof metricNames];
export type Attributes = Readonly<Record<string, string>>;

const METER = 'slipway';

const described: Readonly<Record<MetricName, string>> = {
  'slipway.append.count': 'Events appended',
  'slipway.append.conflicts': 'Commands that lost a race and were decided again',
  'slipway.append.duration': 'An append, from the call to its commit',
  'slipway.sequencer.lag': 'Events that were committed and waited for a position when the sequencer looked',
  'slipway.sequencer.lag.seconds': 'For how long the oldest of them waited, seconds',
  'slipway.relay.lag': 'Positions not yet acknowledged by Kafka',
  'slipway.relay.lag.seconds': 'For how long the oldest of them has been known, seconds',
  'slipway.consumer.lag': 'Positions between the head of the log and what a consumer has applied',
  'slipway.consumer.lag.seconds': 'Seconds since the first event that a consumer has not applied was sequenced',
  'slipway.consumer.parked': 'Streams that wait behind an event that could not be handled',
  'slipway.consumer.handled': 'Events handled',
  'slipway.consumer.restarts': 'Consumers that went deaf and were started again',
  'slipway.instructions': 'Instructions of processes carried out',
  'slipway.webhooks.unused': 'Webhook messages of a kind that is not used',
  'slipway.deliveries': 'Attempts to tell a subscriber of an event',
  'slipway.deliveries.oldest.seconds': 'For how long the oldest delivery that could go out has waited, seconds',
  'slipway.thresholds.oldest.seconds': 'For how long the oldest threshold has waited to be judged anew, seconds',
};

// Made at the first use, which is after the SDK was registered: an instrument made before that would stay deaf.
const made = new Map<MetricName, Counter | Gauge | Histogram>();

const instrument = <Instrument extends Counter | Gauge | Histogram>(
  name: MetricName,
  make: (meter: Meter) => Instrument,
): Instrument => {
  const known = made.get(name) ?? make(metrics.getMeter(METER));
  made.set(name, known);
  return known as Instrument;
};

/** Adds to a counter. Costs next to nothing when no SDK was started. */
export const count = (name: MetricName, by = 1, attributes: Attributes = {}): void =>
  instrument(name, meter => meter.createCounter(name, { description: described[name] })).add(by, attributes);

/** Records how much there is now. */
export const gauge = (name: MetricName, value: number, attributes: Attributes = {}): void =>
  instrument(name, meter => meter.createGauge(name, { description: described[name] })).record(value, attributes);

/** Records one duration. */
export const milliseconds = (name: MetricName, value: number, attributes: Attributes = {}): void =>
  instrument(name, meter => meter.createHistogram(name, { description: described[name], unit: 'ms' })).record(
    value,
    attributes,
  );

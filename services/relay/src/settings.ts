export type RelaySettings = Readonly<{
  sequencerUrl: string;
  relayUrl: string;
  brokers: readonly string[];
  prefix: string;
  port: number;
}>;

/**
 * From the environment: `DATABASE_URL` (whose user is replaced by the role; the password must be that of both), `KAFKA_BROKERS` (a list),
 * `TOPIC_PREFIX` (`slipway`), `PORT` (any). `SEQUENCER_DATABASE_URL` and `RELAY_DATABASE_URL` are taken as they are.
 * Throws when something is missing.
 */
export const settingsFrom = (environment: NodeJS.ProcessEnv): RelaySettings => {
  const required = (name: string): string => {
    const value = environment[name];
    if (!value) throw new Error(`${name} is not set`);
    return value;
  };
  const urlAs = (role: string): string => {
    const url = new URL(required('DATABASE_URL'));
    url.username = role;
    return url.href;
  };
  return {
    sequencerUrl: environment['SEQUENCER_DATABASE_URL'] ?? urlAs('slipway_sequencer'),
    relayUrl: environment['RELAY_DATABASE_URL'] ?? urlAs('slipway_relay'),
    brokers: required('KAFKA_BROKERS').split(','),
    prefix: environment['TOPIC_PREFIX'] ?? 'slipway',
    port: Number(environment['PORT'] ?? 0),
  };
};

import { settingsFrom } from './settings.ts';

const given = { DATABASE_URL: 'postgresql://somebody:secret@db:5432/slipway', KAFKA_BROKERS: 'a:9092,b:9092' };

test('each leader connects as its own role', () => {
  expect(settingsFrom(given)).toEqual({
    sequencerUrl: 'postgresql://slipway_sequencer:secret@db:5432/slipway',
    relayUrl: 'postgresql://slipway_relay:secret@db:5432/slipway',
    brokers: ['a:9092', 'b:9092'],
    prefix: 'slipway',
    port: 0,
  });
});

test('addresses of their own, prefix and port are taken as they are', () => {
  const own = {
    SEQUENCER_DATABASE_URL: 'postgresql://s@x/y',
    RELAY_DATABASE_URL: 'postgresql://r@x/y',
    TOPIC_PREFIX: 'eu',
    PORT: '8080',
  };
  expect(settingsFrom({ KAFKA_BROKERS: 'a:9092', ...own })).toEqual({
    sequencerUrl: 'postgresql://s@x/y',
    relayUrl: 'postgresql://r@x/y',
    brokers: ['a:9092'],
    prefix: 'eu',
    port: 8080,
  });
});

test.each(['DATABASE_URL', 'KAFKA_BROKERS'])('says that %s is missing', name => {
  expect(() => settingsFrom({ ...given, [name]: undefined })).toThrow(`${name} is not set`);
});

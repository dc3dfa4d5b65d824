import type { Fault } from './fault.ts';

export const killBroker: Fault = {
  kind: 'kill-broker',
  touches: 'broker',
  lengthMs: [0, 4_000],
  shortMs: [0, 500],
  begin: async ({ system: { broker } }) => {
    await broker.kill();
    return () => broker.start();
  },
};

export const freezeBroker: Fault = {
  kind: 'freeze-broker',
  touches: 'broker',
  lengthMs: [30_000, 30_000],
  shortMs: [4_000, 4_000],
  begin: ({ system: { broker } }) => {
    broker.freeze();
    return Promise.resolve(() => Promise.resolve(broker.thaw()));
  },
};

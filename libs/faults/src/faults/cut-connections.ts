import { NEVER } from '../system/proxy.ts';
import type { Fault } from './fault.ts';

/** Between the commit and its answer, and anywhere else. */
export const cutConnections: Fault = {
  kind: 'cut-connections',
  touches: 'writers',
  lengthMs: [3_000, 6_000],
  shortMs: [2_500, 3_000],
  begin: ({ system: { proxy } }) => {
    const before = proxy.answersCut();
    proxy.cut({ answers: 0.05, anywhere: 0.002 });
    return Promise.resolve(() => {
      proxy.cut(NEVER);
      if (proxy.answersCut() === before) throw new Error('no answer of an append was cut off');
      return Promise.resolve();
    });
  },
};

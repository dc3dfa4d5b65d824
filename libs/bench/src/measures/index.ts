import { growth } from './growth.ts';
import { handover } from './handover.ts';
import { idle } from './idle.ts';
import { imports } from './imports.ts';
import { lists } from './lists.ts';
import { latency } from './latency.ts';
import { memory } from './memory.ts';
import { reports } from './reports.ts';
import type { Measure } from './measure.ts';

export type { MeasureOptions, MeasureResult } from './measure.ts';

/** By the name that `npm run bench -- measure <name>` takes. */
export const measures: Readonly<Record<string, Measure>> = {
  latency,
  memory,
  idle,
  handover,
  growth,
  lists,
  reports,
  import: imports,
};

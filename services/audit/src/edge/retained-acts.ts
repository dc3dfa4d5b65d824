import { retentionOf } from '../domain/retention.ts';
import { retainedActsBy } from '../read/retained-acts.projection.ts';

/** The copy that erasures are decided on. */
export const retainedActs = retainedActsBy(retentionOf);

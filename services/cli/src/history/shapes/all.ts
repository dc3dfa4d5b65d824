import type { JsonObject } from '../../client.ts';
import type { Shape } from '../row.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { jira } from './jira.ts';
import { pagerduty } from './pagerduty.ts';
import { servicenow } from './servicenow.ts';
import { statuspage } from './statuspage.ts';

/** Exports that are read without a mapping. */
export const shapes: Readonly<Record<string, Shape>> = { github, gitlab, pagerduty, servicenow, jira, statuspage };

/** The one that a record looks like. */
export const shapeOf = (record: JsonObject): Shape | undefined =>
  Object.values(shapes).find(({ isOne }) => isOne(record));

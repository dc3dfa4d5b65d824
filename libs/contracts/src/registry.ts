import type { Message } from '@slipway/event-sourcing';
import type { TObject } from 'typebox';
import { erasure } from './audit.ts';
import { accessReview, application, environment, person, roleGrant, service, subject, team } from './catalog.ts';
import { approvalPolicy, change, decision } from './change-approval.ts';
import { type Category, schemaOf } from './contract.ts';
import { deployment, pipelineRun, target, webhookMapping } from './deployment-execution.ts';
import { alert, incident, problem, review } from './incident-correlation.ts';
import { reportingPeriod } from './metrics.ts';
import { communication, subscription, template } from './notification.ts';
import { release, releaseTrain } from './planning.ts';

/** Every stream category, and through it every event type, that this build knows. */
export const categories: readonly Category[] = [
  service,
  environment,
  application,
  team,
  person,
  roleGrant,
  accessReview,
  release,
  releaseTrain,
  change,
  approvalPolicy,
  decision,
  deployment,
  target,
  pipelineRun,
  webhookMapping,
  alert,
  incident,
  problem,
  review,
  subscription,
  template,
  communication,
  subject,
  erasure,
  reportingPeriod,
];

export type EventType = Readonly<{ type: string; category: Category; schema: TObject; cloudEventType: string }>;

/** `ReleaseScheduled` to `dev.slipway.release-scheduled.v1`; a later version says so: `ReleaseScheduledV2`. */
export const cloudEventTypeOf = (type: string): string => {
  const [, name = type, version = '1'] = /^(.*?)(?:V(\d+))?$/.exec(type) ?? [];
  return `dev.slipway.${name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()}.v${version}`;
};

/** By the name that is stored. A type that is not here is unknown to this build. */
export const eventTypes: ReadonlyMap<string, EventType> = new Map(
  categories.flatMap(category =>
    Object.entries(category.facts).map(([type, facts]) => [
      type,
      { type, category, schema: schemaOf(facts), cloudEventType: cloudEventTypeOf(type) },
    ]),
  ),
);

export const categoryNamed = (name: string): Category | undefined => categories.find(each => each.name === name);

/** `release train` of `releaseTrain`: how people say it. */
export const inWords = (category: string): string =>
  category.replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);

/** Retired type to the type that took its place. None is retired yet. */
export const upcasters: Readonly<Record<string, (event: Message) => Message>> = {};

/** An event as it is understood today, whatever version was stored. */
export const upcast = (event: Message, through = upcasters): Message => {
  const next = through[event.type];
  return next ? upcast(next(event), through) : event;
};

import type { MailTiming, SubscriptionChannel, SubscriptionFilter } from '@slipway/contracts';
import { type Asked, invalidFields, ProblemException } from '@slipway/edge';
import type { Service } from '@slipway/service';
import { idOf } from '@slipway/event-sourcing';
import { isIP } from 'node:net';
import { deliveriesCopy } from '../delivery/deliveries.projection.ts';
import { isTimeZone } from '../mail/timing.ts';
import { mistakeIn } from '../matching/expression.ts';
import { type Category, idsInCatalog } from '../read/catalog.query.ts';
import type { Settings } from '../settings.ts';
import type { EmailDto, SubscriptionFilterDto } from './subscriptions.dto.ts';

const WAIT_MS = 2_000;

/** Whose grants deliveries are cut to: those of whoever says so, when they have limits. */
export const cutTo = ({ access, stamp }: Asked): { grantsOf?: string } =>
  access.isEverywhere ? {} : { grantsOf: stamp.actor };

/** Mail goes to others, of whose grants nothing is said. */
export const refuseMailWithin = ({ access }: Asked): void => {
  if (access.isEverywhere) return;
  const detail = 'Mail is a matter of those whose grants have no limits; subscribe a webhook.';
  throw new ProblemException({ status: 403, code: 'outside-scope', detail });
};

/** A filter as it is kept: by ids, with an expression that can be asked. */
export const filterOf = async (service: Service, dto: SubscriptionFilterDto = {}): Promise<SubscriptionFilter> => {
  const { types, services, environments, severities, expression } = dto;
  const mistake = expression === undefined ? undefined : mistakeIn(expression);
  if (mistake) throw invalidFields([{ pointer: '/filter/expression', detail: mistake }]);
  return {
    ...(types && { types }),
    ...(services && { serviceIds: await idsOf(service, 'service', services) }),
    ...(environments && { environmentIds: await idsOf(service, 'environment', environments) }),
    ...(severities && { severities }),
    ...(expression !== undefined && { expression }),
  };
};

/** The ids of services or environments named by id or name. 422 for the first that is not registered. */
export const idsOf = async (
  service: Service,
  category: Category,
  names: readonly string[],
): Promise<readonly string[]> => {
  if (names.length === 0) return [];
  let found = await idsInCatalog(service.dataSource, category, names);
  if (names.some(name => !found.has(name))) {
    // What was registered a moment ago may still be on its way.
    await service.copied.waitUntil(deliveriesCopy, await service.store.settledHead(WAIT_MS), WAIT_MS);
    found = await idsInCatalog(service.dataSource, category, names);
  }
  return names.map(name => found.get(name) ?? unknown(category, name));
};

const unknown = (category: Category, name: string): never => {
  const detail = `There is no ${category} ${name}: register it in the catalog first.`;
  throw new ProblemException({ status: 422, code: `unknown-${category}`, detail });
};

/** Refuses where no webhook would ever be sent. What a name means is looked at when it is sent. */
export const receiverAt = (text: string, { allowHttp, mayReach }: Settings): string => {
  const url = URL.parse(text);
  if (!url) throw invalidFields([{ pointer: '/webhook/url', detail: 'It is no URL.' }]);
  if (url.protocol !== 'https:' && !allowHttp)
    throw new ProblemException({ status: 422, code: 'https-required', detail: 'Webhooks go over HTTPS only.' });
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const isLocal = host === 'localhost' || host.endsWith('.localhost');
  if ((isIP(host) && !mayReach(host)) || (isLocal && !mayReach('127.0.0.1'))) {
    const detail = 'Webhooks do not go to private, local or otherwise special addresses.';
    throw new ProblemException({ status: 422, code: 'address-not-allowed', detail });
  }
  return url.href;
};

/** A mail channel as it is kept: people as pseudonyms, the template by id, times in zones that exist. */
export const mailChannelOf = async (
  service: Service,
  { people, template, digest, quietHours }: EmailDto,
  isSetUp: boolean,
): Promise<SubscriptionChannel> => {
  if (!isSetUp) {
    const detail = 'This installation sends no mail: SMTP_URL is not set.';
    throw new ProblemException({ status: 422, code: 'mail-not-set-up', detail });
  }
  if (people.length === 0) throw invalidFields([{ pointer: '/email/people', detail: 'somebody must be told' }]);
  const timing: MailTiming = { ...(digest && { digest }), ...(quietHours && { quietHours }) };
  for (const [name, part] of Object.entries(timing))
    if (!isTimeZone(part.timeZone))
      throw invalidFields([{ pointer: `/email/${name}/timeZone`, detail: 'There is no such time zone.' }]);
  return {
    kind: 'email',
    people: [...new Set(await service.pseudonymsOf(people))],
    ...(template !== undefined && { templateId: await templateNamed(service, template) }),
    ...((digest || quietHours) && { timing: structuredClone(timing) }),
  };
};

const templateNamed = async (service: Service, name: string): Promise<string> => {
  const stream = await service.streamOf('template', name);
  const { version } = await service.store.read(stream);
  if (version > 0) return idOf(stream);
  throw new ProblemException({ status: 422, code: 'unknown-template', detail: `There is no template ${name}.` });
};

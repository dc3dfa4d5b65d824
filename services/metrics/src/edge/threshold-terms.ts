import type { ThresholdAbout, ThresholdTerms, ThresholdWindow } from '@slipway/contracts';
import { invalidFields, ProblemException } from '@slipway/edge';
import type { Service } from '@slipway/service';
import { definitionOf } from '../measures/index.ts';
import { zoneNamed } from '../periods/calendar.ts';
import { type KnownInCatalog, namedInCatalog, ownedInCatalog } from '../read/threshold-catalog.query.ts';
import { knownOf } from '../rows/known.ts';
import { overAt } from '../thresholds/over.ts';
import { thresholdWatch } from '../thresholds/watch.projection.ts';
import type { ThresholdTermsDto } from './thresholds.dto.ts';

const WAIT_MS = 2_000;

/** Terms as they are kept: of a series that there is, about services of the catalog, in a zone of IANA. */
export const termsOf = async (service: Service, dto: ThresholdTermsDto): Promise<ThresholdTerms> => {
  const { measure, series = measure, statistic = 'value', condition, limit, leastPopulation = 1 } = dto;
  const window = windowOf(dto);
  refuseStranger({ measure, series, statistic });
  const held = { measure, series, statistic, condition, limit };
  return { ...held, ...(await aboutOf(service, dto)), window, leastPopulation };
};

const windowOf = ({ window: { calendarMonth, lastDays, zone: said = 'UTC' } }: ThresholdTermsDto): ThresholdWindow => {
  const zone = zoneNamed(said);
  if (zone === undefined) throw invalidFields([{ pointer: '/window/zone', detail: 'it is no IANA time zone' }]);
  if (calendarMonth === true && lastDays === undefined) return { kind: 'calendar-month', zone };
  if (calendarMonth !== true && lastDays !== undefined) return { kind: 'last-days', days: lastDays, zone };
  throw invalidFields([{ pointer: '/window', detail: 'it is either the calendarMonth or the lastDays' }]);
};

type Said = Pick<ThresholdTerms, 'measure' | 'series' | 'statistic'>;

const refuseStranger = ({ measure, series, statistic }: Said): void => {
  const definition = definitionOf(measure);
  if (!definition) throw unknown('measure', measure, 'GET /v1/metrics/definitions lists them');
  const { period } = overAt({ kind: 'last-days', days: 1, zone: 'UTC' }, 0);
  const figure = definition.figures(knownOf([]), period).find(each => each.series === series);
  if (!figure) throw unknown('series', series, `${measure} has ${Object.keys(definition.series).join(', ')}`);
  if (statistic !== 'value' && figure.unit !== 'seconds')
    throw unknown('statistic', statistic, `${series} is no duration: it has a value alone`);
};

const aboutOf = async (
  service: Service,
  dto: ThresholdTermsDto,
): Promise<Readonly<{ about: ThresholdAbout; serviceIds: readonly string[] }>> => {
  const said = KINDS.flatMap(kind => (dto[kind] === undefined ? [] : [{ kind, name: dto[kind] }]));
  const [one] = said;
  if (!one || said.length > 1)
    throw invalidFields([{ pointer: '/service', detail: 'name one service, or one team, or one application' }]);
  const { id, serviceIds } = await found(service, one.kind, one.name);
  return { about: { kind: one.kind, id }, serviceIds };
};

const KINDS = ['service', 'team', 'application'] as const;
type Kind = (typeof KINDS)[number];

// What was registered a moment ago may still be on its way into the copy.
const found = async (service: Service, kind: Kind, name: string): Promise<KnownInCatalog> => {
  const look = (): Promise<KnownInCatalog | undefined> =>
    kind === 'team' ? ownedInCatalog(service.dataSource, name) : namedInCatalog(service.dataSource, kind, name);
  const first = await look();
  if (first) return first;
  await service.copied.waitUntil(thresholdWatch, await service.store.settledHead(WAIT_MS), WAIT_MS);
  const then = await look();
  if (then) return then;
  throw unknown(kind, name, kind === 'team' ? 'no service is owned by it' : 'register it in the catalog first');
};

const unknown = (what: string, name: string, why: string): ProblemException =>
  new ProblemException({ status: 422, code: `unknown-${what}`, detail: `There is no ${what} ${name}: ${why}.` });

/** An id for a filter; what nobody knows is in no list. */
export const idNamed = async (service: Service, kind: 'service' | 'application', name: string): Promise<string> =>
  (await namedInCatalog(service.dataSource, kind, name))?.id ?? name;

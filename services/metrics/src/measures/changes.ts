import { type Around, durations, type Figure, type Member, openSince, ratio, type Timed } from '../figures/figure.ts';
import { checkOf, type Check, onTime } from '../figures/quality.ts';
import { businessTime } from '../periods/business-time.ts';
import { instant, type Period, within } from '../periods/period.ts';
import { elsewhere } from '../rows/catalog.ts';
import type { Change } from '../rows/changes.ts';
import { type Known, oncePer } from '../rows/known.ts';
import { idsOf } from './counted.ts';
import type { Definition } from './definition.ts';

type Dated = Change & Readonly<{ at: number }>;

const dated = (changes: readonly Change[], period: Period, when: (change: Change) => number | undefined) =>
  changes.flatMap<Dated>(change => {
    const at = when(change);
    return within(period, at) ? [{ ...change, at }] : [];
  });

const memberOf = ({ id, at }: Dated): Member => ({ id, changeId: id, at: instant(at) });

const MODELS = ['standard', 'normal', 'emergency'] as const;
const CODES = ['successful', 'successful-with-issues', 'unsuccessful'] as const;

/** Closed successful ÷ closed. Source: ITIL 4, change enablement (change success rate). */
export const changeSuccess: Definition = {
  measure: 'change-success',
  version: 'first/2',
  title: 'Change success',
  text:
    'Changes that were closed as successful ÷ changes that were closed, by closing time: of all, and of each change model. The shares of the other close codes ' +
    'are series of their own. One that a source of history closed without a code is listed, not counted. Canceled ones are listed. ' +
    'Of those that were implemented, or closed as successful, and not for other environments than production alone, is asked whether each of their services had a production deployment under them.',
  source: 'ITIL 4: change success rate',
  series: {
    successful: 'closed successful ÷ closed',
    'successful-with-issues': 'closed successful with issues ÷ closed',
    unsuccessful: 'closed unsuccessful ÷ closed',
    standard: 'of standard changes, closed successful ÷ closed',
    normal: 'of normal changes, closed successful ÷ closed',
    emergency: 'of emergency changes, closed successful ÷ closed',
  },
  earlier: [{ version: 'first/1', difference: 'Nothing was asked about deployments under a change.' }],
  figures: (known, period) => {
    const all = dated(known.changes, period, ({ closedAt }) => closedAt);
    const closed = all.filter(({ closeCode }) => closeCode !== undefined);
    const around = (changes: readonly Dated[]): Around => ({
      listed: [
        { reason: 'unauthorized', ids: idsOf(changes.filter(({ isUnauthorized }) => isUnauthorized)) },
        { reason: 'canceled', ids: idsOf(dated(known.changes, period, ({ canceledAt }) => canceledAt)) },
      ],
      doubts: [{ reason: 'closed-without-code', ids: idsOf(all.filter(({ closeCode }) => closeCode === undefined)) }],
      checks: [...checksOf(changes), deploymentKnown(known, changes)],
      beside: Object.fromEntries(CODES.map(code => [code, changes.filter(change => change.closeCode === code).length])),
    });
    const share = (series: string, changes: readonly Dated[], code: (typeof CODES)[number]): Figure => {
      const numerator = changes.filter(({ closeCode }) => closeCode === code).length;
      const counted = { numerator, denominator: changes.length, population: changes.map(memberOf) };
      return ratio(series, 'ratio', counted, 'no-change-closed', around(changes));
    };
    return [
      ...CODES.map(code => share(code, closed, code)),
      ...MODELS.map(model =>
        share(
          model,
          closed.filter(change => change.model === model),
          'successful',
        ),
      ),
    ];
  },
};

/** First request to Authorized. Source: ITIL 4, change enablement; the business time beside it as service level clocks count it. */
export const approvalLeadTime: Definition = {
  measure: 'approval-lead-time',
  version: 'first/1',
  title: 'Approval lead time',
  text:
    'Of each change that was approved: from the first request for an approval to the last approval, re-approvals after a change of its content included, in the period of ' +
    'the last approval. Elapsed, and in the hours of a business calendar. Those that wait for an approval, for the first time or again, are open. ' +
    'Pre-authorized and break-glass changes have none and are listed.',
  source: 'ITIL 4, change enablement',
  series: { elapsed: 'first request to authorized', 'business-time': 'the same in business hours' },
  figures: (known, period) => {
    const decided = dated(known.changes, period, ({ approvedAt, isAwaiting }) => (isAwaiting ? undefined : approvedAt));
    const waiting = known.changes.filter(
      ({ isAwaiting, canceledAt, closedAt, requestedAt = Infinity }) =>
        isAwaiting && canceledAt === undefined && closedAt === undefined && requestedAt < period.to,
    );
    const asked = decided.filter(({ requestedAt }) => requestedAt !== undefined);
    const around: Around = {
      open: waiting.map(({ id, requestedAt }) => openSince(id, requestedAt!, period)),
      listed: [
        { reason: 'approved-again', ids: idsOf(asked.filter(({ approvals }) => approvals > 1)) },
        {
          reason: 'approved-without-a-request',
          ids: idsOf(decided.filter(({ requestedAt }) => requestedAt === undefined)),
        },
        { reason: 'without-approval', ids: idsOf(implementedIn(known, period).filter(isUnapproved)) },
      ],
      checks: checksOf(asked),
    };
    const measured = (milliseconds: (from: number, to: number) => number) =>
      asked.map<Timed>(change => ({
        ...memberOf(change),
        seconds: milliseconds(change.requestedAt!, change.at) / 1000,
      }));
    const inBusiness = (from: number, to: number) => (to < from ? to - from : businessTime(period.business, from, to));
    return [
      durations(
        'elapsed',
        measured((from, to) => to - from),
        'no-change-approved',
        around,
      ),
      durations('business-time', measured(inBusiness), 'no-change-approved', around),
    ];
  },
};

/** Emergency changes ÷ implemented ones. Source: ITIL 4, change enablement. */
export const emergencyShare: Definition = {
  measure: 'emergency-share',
  version: 'first/1',
  title: 'Emergency share',
  text:
    'Emergency changes, and those that went ahead under break-glass, ÷ changes whose implementation began, by its beginning. ' +
    'Those that something ran under without authorization are listed.',
  source: 'ITIL 4, change enablement',
  series: { 'emergency-share': 'emergency with break-glass ÷ implemented changes' },
  figures: (known, period) => {
    const implemented = implementedIn(known, period);
    const emergencies = implemented.filter(({ model, breakGlass }) => model === 'emergency' || breakGlass);
    const breakGlass = implemented.filter(change => change.breakGlass);
    return [
      ratio(
        'emergency-share',
        'ratio',
        { numerator: emergencies.length, denominator: implemented.length, population: implemented.map(memberOf) },
        'no-change-implemented',
        {
          listed: [
            { reason: 'emergency', ids: idsOf(emergencies) },
            { reason: 'break-glass', ids: idsOf(breakGlass) },
            { reason: 'unauthorized', ids: idsOf(implemented.filter(({ isUnauthorized }) => isUnauthorized)) },
          ],
          checks: checksOf(implemented),
          beside: { breakGlass: breakGlass.length },
        },
      ),
    ];
  },
};

const implementedIn = ({ changes }: Known, period: Period): readonly Dated[] =>
  dated(changes, period, ({ implementedAt }) => implementedAt);

const isUnapproved = ({ approvedAt }: Change): boolean => approvedAt === undefined;

const checksOf = (changes: readonly Dated[]): readonly Check[] => [
  checkOf('without-contradiction', changes, inOrder),
  onTime(changes),
];

/** The other way round of `change-known`: together they say whether all that went out, and nothing else, is in the figures. */
const deploymentKnown = (known: Known, changes: readonly Dated[]): Check => {
  const { scope, ledger } = known;
  const tried = elsewhere(ledger.catalog);
  const isExpected = ({ implementedAt, closeCode, environmentIds }: Dated): boolean =>
    (implementedAt !== undefined || closeCode === 'successful' || closeCode === 'successful-with-issues') &&
    (environmentIds.length === 0 || environmentIds.some(id => !tried.has(id)));
  const asked = ({ serviceIds }: Change) => serviceIds.filter(id => scope.serviceIds?.includes(id) ?? true);
  return checkOf('deployment-known', changes.filter(isExpected), change =>
    asked(change).every(serviceId => deployedUnder(known).has(`${change.id} ${serviceId}`)),
  );
};

/** Change and service of every run that was started. */
const deployedUnder = oncePer(
  ({ ledger }) =>
    new Set(
      ledger.runs.flatMap(({ changeId, serviceId, startedAt }) =>
        changeId !== undefined && startedAt !== undefined ? [`${changeId} ${serviceId}`] : [],
      ),
    ),
);

/** Asked for, approved, implemented, closed. Under break-glass the approval comes afterwards. */
const inOrder = ({ requestedAt, approvedAt, implementedAt, closedAt, breakGlass }: Change): boolean => {
  const steps = breakGlass ? [implementedAt, closedAt] : [requestedAt, approvedAt, implementedAt, closedAt];
  const known = steps.filter(step => step !== undefined);
  return known.every((step, index) => index === 0 || step >= known[index - 1]!);
};

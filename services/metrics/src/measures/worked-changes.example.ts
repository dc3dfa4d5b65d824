import { NINE_TO_FIVE } from '../periods/business-time.ts';
import { at, change, march, rollsOut, type Told } from './example.ts';
import type { Case } from './worked-case.example.ts';

const ELAPSED = 'approval-lead-time elapsed';
const BUSINESS = 'approval-lead-time business-time';
const requested = (instant: string): Told => [instant, 'ApprovalRequested', { slot: 'quality' }];
const approved = (instant: string): Told => [instant, 'ChangeAuthorized', { authorization: 'approved' }];
const started = (instant: string): Told => [instant, 'ChangeImplementationStarted'];
const closed = (instant: string, closeCode: string): Told => [
  instant,
  'ChangeClosed',
  { closeCode, unauthorized: false },
];
const revised = (instant: string): Told => [instant, 'ChangeRevised', { content: { targets: [] } }];
const berlin = { ...march, zone: 'Europe/Berlin', business: { ...NINE_TO_FIVE, zone: 'Europe/Berlin' } };
const three = [
  ...change('c1', { model: 'standard' }, started('2'), closed('3', 'successful')),
  ...change('c2', {}, started('2'), closed('3', 'successful-with-issues')),
  ...change('c3', { model: 'emergency' }, started('2'), closed('3', 'unsuccessful')),
];

export const changeCases: readonly Case[] = [
  {
    case: 'three changes, closed in three ways',
    because: 'One of three was successful; with issues is another close code.',
    given: three,
    figure: 'change-success successful',
    is: '1 of 3',
  },
  {
    case: 'the same, of emergency changes',
    because: 'Its only one was unsuccessful.',
    given: three,
    figure: 'change-success emergency',
    is: '0 of 1',
  },
  {
    case: 'the same, without issues counted apart',
    because: 'Each close code has its share, and they add up to 1.',
    given: three,
    figure: 'change-success successful-with-issues',
    is: '1 of 3',
  },
  {
    case: 'no change of a model was closed',
    because: 'No data is not 0.',
    given: change('c1', { model: 'standard' }, started('2'), closed('3', 'successful')),
    figure: 'change-success normal',
    is: 'none, no-change-closed',
  },
  {
    case: 'a canceled change',
    because: 'Never closed: neither success nor failure, and listed.',
    given: [...three, ...change('c4', {}, ['3', 'ChangeCanceled'])],
    figure: 'change-success successful',
    is: '1 of 3',
    shows: { canceled: ['c4'] },
  },
  {
    case: 'a change under which nothing was deployed',
    because: 'Every production change has its deployment, or is asked about: ITIL audits look for both sides.',
    given: change('c1', {}, started('2'), closed('3', 'successful')),
    figure: 'change-success successful',
    is: '1 of 1',
    shows: { 'not deployment-known': ['c1'] },
  },
  {
    case: 'a change with its deployment, and one that was given up before anything ran',
    because: 'The first has its deployment; of the second none is expected. Closed without success, it counts.',
    given: [
      ...change('c1', {}, started('2'), closed('3', 'successful')),
      ...rollsOut('d1', { change: 'c1' }, '2'),
      ...change('c2', {}, closed('3', 'unsuccessful')),
    ],
    figure: 'change-success successful',
    is: '1 of 2',
    shows: { 'not deployment-known': [] },
  },
  {
    case: 'an approval within an hour',
    because: 'Requested at 10:00, approved at 11:00.',
    given: change('c1', {}, requested('2 10:00'), approved('2 11:00')),
    figure: ELAPSED,
    is: '60 min of 1',
  },
  {
    case: 'an approval over a weekend, elapsed',
    because: 'Friday the 6th 16:00 to Monday the 9th 10:00: 8 + 48 + 10 hours.',
    given: change('c1', {}, requested('6 16:00'), approved('9 10:00')),
    figure: ELAPSED,
    is: '3960 min of 1',
  },
  {
    case: 'an approval over a weekend, in business time',
    because: '16:00 to 17:00 on Friday and 09:00 to 10:00 on Monday.',
    given: change('c1', {}, requested('6 16:00'), approved('9 10:00')),
    figure: BUSINESS,
    is: '120 min of 1',
  },
  {
    case: 'a weekend on which clocks are changed, elapsed',
    because: 'In Berlin from Friday the 27th 16:00 (15:00Z) to Monday the 30th 10:00 (08:00Z): an hour less, 65.',
    given: change('c1', {}, requested('27 15:00'), approved('30 08:00')),
    figure: ELAPSED,
    period: berlin,
    is: '3900 min of 1',
  },
  {
    case: 'a weekend on which clocks are changed, in business time',
    because: 'The hours of Berlin are its own before and after: 1 + 1.',
    given: change('c1', {}, requested('27 15:00'), approved('30 08:00')),
    figure: BUSINESS,
    period: berlin,
    is: '120 min of 1',
  },
  {
    case: 'a holiday between',
    because: 'Thursday 16:00 to Monday 10:00 with the Friday off: 1 + 0 + 1 hours.',
    given: change('c1', {}, requested('5 16:00'), approved('9 10:00')),
    figure: BUSINESS,
    period: { ...march, business: { ...march.business, holidays: ['2026-03-06'] } },
    is: '120 min of 1',
  },
  {
    case: 'a re-approval',
    because:
      'First asked on the 2nd at 10:00; its content changed, and it was approved again on the 3rd at 10:00: 24 hours.',
    given: change(
      'c1',
      {},
      requested('2 10:00'),
      approved('2 12:00'),
      revised('2 13:00'),
      requested('2 13:00'),
      approved('3 10:00'),
    ),
    figure: ELAPSED,
    is: '1440 min of 1',
    shows: { 'approved-again': ['c1'] },
  },
  {
    case: 'waiting for a re-approval',
    because: 'It is not authorized by now: open since it was first asked for.',
    given: change('c1', {}, requested('2 10:00'), approved('2 12:00'), revised('2 13:00'), requested('2 13:00')),
    figure: ELAPSED,
    is: 'none, no-change-approved',
    shows: { open: ['c1'] },
  },
  {
    case: 'a standard change',
    because: 'Pre-authorized, nobody was asked: no approval lead time, and listed.',
    given: change(
      'c1',
      { model: 'standard' },
      ['2', 'ChangeAuthorized', { authorization: 'pre-authorized' }],
      started('3'),
    ),
    figure: ELAPSED,
    is: 'none, no-change-approved',
    shows: { 'without-approval': ['c1'] },
  },
  {
    case: 'approved before it was asked for',
    because: 'A negative duration: shown, in no figure.',
    given: change('c1', {}, requested('2 12:00'), approved('2 11:00')),
    figure: ELAPSED,
    is: 'none, no-change-approved',
    shows: { contradictory: ['c1'] },
  },
  {
    case: 'emergencies, with break-glass',
    because:
      'One emergency and one normal change under break-glass, of three that were implemented; the fourth never was.',
    given: [
      ...change('c1', { model: 'emergency' }, started('2')),
      ...change('c2', {}, ['2', 'ChangeAuthorized', { authorization: 'retrospective' }], started('2')),
      ...change('c3', {}, started('3')),
      ...change('c4', { model: 'emergency' }, requested('3')),
    ],
    figure: 'emergency-share emergency-share',
    is: '2 of 3',
    shows: { 'break-glass': ['c2'] },
  },
  {
    case: 'nothing was implemented',
    because: `Asked for on ${at('3').slice(0, 10)}, and no more: no data is not 0.`,
    given: change('c1', { model: 'emergency' }, requested('3')),
    figure: 'emergency-share emergency-share',
    is: 'none, no-change-implemented',
  },
];

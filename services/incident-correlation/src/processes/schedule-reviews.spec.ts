import { processSpecification, stampOf } from '@slipway/event-sourcing';
import { reviewOfChange, reviewOfIncident } from '../domain/review.ts';
import { scheduleReviewWhenChangeWentWrong } from './schedule-review-when-change-went-wrong.ts';
import { scheduleReviewWhenMajorIncidentResolved } from './schedule-review-when-major-incident-resolved.ts';

const stamp = stampOf('person-ines', '2026-03-02T09:00:00Z');
const dueAt = '2026-03-05T09:00:00.000Z';

describe('a major incident that is resolved', () => {
  const given = processSpecification(scheduleReviewWhenMajorIncidentResolved);
  const stream = 'incident-i1';
  const reason = 'sealed:v1:r';
  const detected = (major: boolean) =>
    ({
      type: 'IncidentDetected',
      stream,
      data: {
        ...stamp,
        title: 'Checkout fails',
        severity: 'high',
        major,
        serviceIds: ['s1'],
        detectedBy: 'person',
        impactStartedAt: '2026-03-02T08:00:00Z',
      },
    }) as const;
  const resolved = { type: 'IncidentResolved', stream, data: stamp } as const;
  const declared = { type: 'MajorIncidentDeclared', stream, data: { ...stamp, reason } } as const;
  const lifted = { type: 'MajorIncidentLifted', stream, data: { ...stamp, reason } } as const;
  const review = (title = 'Checkout fails') => [
    {
      send: {
        type: 'ScheduleReview',
        data: { title: `Review of: ${title}`, incidentId: 'i1', occasion: 'major-incident', dueAt },
      },
      to: reviewOfIncident('i1'),
    },
  ];

  test('is reviewed within 72 hours', () => expect(given(detected(true)).when(resolved)).toEqual(review()));

  test('also when it is found to have been one afterwards', () => {
    expect(given(detected(false), resolved).when(declared)).toEqual(review());
    expect(given(detected(false)).when(declared)).toEqual([]);
  });

  test('under the title that it has by then', () => {
    const renamed = { type: 'IncidentDetailsChanged', stream, data: { ...stamp, title: 'All carts fail' } } as const;
    expect(given(detected(true), renamed).when(resolved)).toEqual(review('All carts fail'));
  });

  test('not one that is no major one, or goes on', () => {
    expect(given(detected(false)).when(resolved)).toEqual([]);
    expect(given(detected(true), lifted).when(resolved)).toEqual([]);
    const reopened = { type: 'IncidentReopened', stream, data: { ...stamp, reason } } as const;
    expect(given(detected(false), resolved, reopened).when(declared)).toEqual([]);
  });
});

describe('a change that went wrong', () => {
  const given = processSpecification(scheduleReviewWhenChangeWentWrong);
  const stream = 'change-c1';
  const raised = {
    type: 'ChangeRaised',
    stream,
    data: {
      ...stamp,
      title: 'Another pool',
      model: 'normal',
      requester: 'person-ann',
      releaseIds: [],
      serviceIds: ['s1'],
      content: { scope: [], artifacts: [], targets: [] },
      contentDigest: 'sha256:a',
      window: { start: '2026-03-02T08:00:00Z', end: '2026-03-02T10:00:00Z' },
      commitAuthors: [],
      builders: [],
    },
  } as const;
  const closed = (closeCode: 'successful' | 'unsuccessful') =>
    ({ type: 'ChangeClosed', stream, data: { ...stamp, closeCode, unauthorized: false } }) as const;
  const confirmed = (changeId?: string) =>
    ({
      type: 'CauseConfirmed',
      stream: 'incident-i1',
      data: { ...stamp, kind: 'change', ...(changeId && { changeId }), primary: true },
    }) as const;
  const review = (occasion: object) => [
    {
      send: { type: 'ScheduleReview', data: { title: 'Review of: Another pool', changeId: 'c1', ...occasion, dueAt } },
      to: reviewOfChange('c1'),
    },
  ];
  const broke = review({ incidentId: 'i1', occasion: 'change-caused-incident' });

  test('is reviewed when it was closed as unsuccessful', () => {
    expect(given(raised).when(closed('unsuccessful'))).toEqual(review({ occasion: 'unsuccessful-change' }));
    expect(given(raised).when(closed('successful'))).toEqual([]);
  });

  test('is reviewed when it caused an incident, whichever is told first', () => {
    expect(given(raised).when(confirmed('c1'))).toEqual(broke);
    expect(given(confirmed('c1')).when(raised)).toEqual(broke);
    expect(given(raised).when(confirmed())).toEqual([]);
  });
});

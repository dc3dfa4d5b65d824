import { processSpecification, stampOf } from '@slipway/event-sourcing';
import { reviewOfChange, reviewOfIncident } from '../domain/review.ts';
import { scheduleReviewWhenChangeUnsuccessful } from './schedule-review-when-change-unsuccessful.ts';
import { scheduleReviewWhenIncidentCallsForIt } from './schedule-review-when-incident-calls-for-it.ts';

const stamp = stampOf('person-ines', '2026-03-02T09:00:00Z');
const dueAt = '2026-03-05T09:00:00.000Z';

describe('a major incident that is resolved', () => {
  const given = processSpecification(scheduleReviewWhenIncidentCallsForIt);
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
        type: 'RecordOccasion',
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

  const confirmed = (changeId?: string) =>
    ({
      type: 'CauseConfirmed',
      stream,
      data: { ...stamp, kind: 'change', ...(changeId && { changeId }), primary: true },
    }) as const;

  test('or was caused by a change has one review, whatever comes first', () => {
    const [{ send, to } = { send: undefined, to: '' }] = review();
    const caused = [
      { to, send: { ...send, data: { ...send?.data, occasion: 'change-caused-incident', changeId: 'c1' } } },
    ];
    expect(given(detected(false)).when(confirmed('c1'))).toEqual(caused);
    expect(given(detected(true), resolved).when(confirmed('c1'))).toEqual(caused);
    expect(given(detected(true), confirmed('c1')).when(resolved)).toEqual(review());
    expect(given(detected(false)).when(confirmed())).toEqual([]);
  });
});

describe('a change that went wrong', () => {
  const given = processSpecification(scheduleReviewWhenChangeUnsuccessful);
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
  const reviewed = (type: 'ReviewScheduled' | 'ReviewOccasionAdded', changeId: string) =>
    ({
      type,
      stream: reviewOfIncident('i1'),
      data: { ...stamp, incidentId: 'i1', changeId, occasion: 'change-caused-incident', title: 'x', dueAt },
    }) as const;
  const review = (to = reviewOfChange('c1')) => [
    {
      send: {
        type: 'RecordOccasion',
        data: { title: 'Review of: Another pool', changeId: 'c1', occasion: 'unsuccessful-change', dueAt },
      },
      to,
    },
  ];

  test('is reviewed when it was closed as unsuccessful', () => {
    expect(given(raised).when(closed('unsuccessful'))).toEqual(review());
    expect(given(raised).when(closed('successful'))).toEqual([]);
  });

  test.each(['ReviewScheduled', 'ReviewOccasionAdded'] as const)(
    'is dealt with where the incident is that it caused: %s',
    type => {
      expect(given(raised, reviewed(type, 'c1')).when(closed('unsuccessful'))).toEqual(review(reviewOfIncident('i1')));
      expect(given(reviewed(type, 'c1'), raised).when(closed('unsuccessful'))).toEqual(review(reviewOfIncident('i1')));
      expect(given(raised, reviewed(type, 'c2')).when(closed('unsuccessful'))).toEqual(review());
    },
  );
});

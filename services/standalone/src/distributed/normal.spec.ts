import { normalReport, normalTrail } from './normal.ts';

const uuid = (run: number, index: number): string => `0198c1a0-000${run}-7000-8000-${String(index).padStart(12, '0')}`;

type Story = Readonly<{ run: number; shuffled?: boolean; state?: string }>;

/** One request that drafts a release, the change that follows by itself, and a second request that schedules it. */
const trail = ({ run, shuffled = false, state = 'Scheduled' }: Story) => {
  const [release, change, rita] = [`release-${uuid(run, 1)}`, `change-${uuid(run, 2)}`, `person-${uuid(run, 3)}`];
  const digest = `sha256:${String(run).repeat(64)}`;
  const at = `2026-03-0${run}T09:00:00.000Z`;
  const entry = (index: number, stream: string, version: number, request: number, cause: number | undefined) => ({
    event: uuid(run, 10 + index),
    stream,
    version,
    actor: rita,
    recordedAt: at,
    correlationId: uuid(run, 20 + request),
    ...(cause !== undefined && { causationId: uuid(run, 10 + cause) }),
  });
  const items = [
    { ...entry(0, release, 1, 1, undefined), type: 'ReleaseDrafted', number: `REL-${run}`, data: { digest } },
    { ...entry(1, change, 1, 1, 0), type: 'ChangeRaised', changes: [`CHG-${run}`], data: { releaseId: uuid(run, 1) } },
    { ...entry(2, release, 2, 2, undefined), type: 'ReleaseMoved', data: { state, digest } },
  ];
  const ordered = shuffled ? [items[0]!, items[2]!, items[1]!] : items;
  return {
    items: ordered.map((item, index) => ({ ...item, position: 100 * run + index })),
    records: [
      { stream: release, number: `REL-${run}` },
      { stream: change, number: `CHG-${run}` },
    ],
  };
};

test('two runs of one story are the same, whatever the ids, instants, positions and the order across streams', () => {
  expect(normalTrail(trail({ run: 1 }))).toEqual(normalTrail(trail({ run: 2, shuffled: true })));
});

test('ids become names, the same wherever they stand', () => {
  const normal = normalTrail(trail({ run: 1 }));
  expect(Object.keys(normal)).toEqual(['<change 1>', '<release 1>']);
  expect(normal['<change 1>']).toMatchObject([
    {
      actor: '<person 1>',
      causationId: '<release 1> @ 1',
      changes: ['<change 1>'],
      correlationId: '<request 1>',
      data: { releaseId: '<release 1>' },
    },
  ]);
  expect(normal['<release 1>']).toMatchObject([
    { data: { digest: '<digest 1>' } },
    { correlationId: '<request 2>', data: { digest: '<digest 1>' } },
  ]);
});

test('another state, a missing event and another reference are differences', () => {
  const normal = normalTrail(trail({ run: 1 }));
  expect(normalTrail(trail({ run: 2, state: 'Held' }))).not.toEqual(normal);
  const { items, records } = trail({ run: 2 });
  expect(normalTrail({ items: items.slice(0, 2), records })).not.toEqual(normal);
  const other = items.map(item => (item.type === 'ChangeRaised' ? { ...item, data: { releaseId: uuid(2, 9) } } : item));
  expect(normalTrail({ items: other, records })).not.toEqual(normal);
});

test('a report is the same in whatever order its members are listed; another figure is a difference', () => {
  const report = (run: number, value: number, ...members: number[]) => ({
    position: run,
    measures: [{ value, population: members.map(seconds => ({ id: uuid(run, seconds), seconds })) }],
  });
  expect(normalReport(report(1, 0.5, 1, 2))).toEqual(normalReport(report(2, 0.5, 2, 1)));
  expect(normalReport(report(1, 0.5, 1, 2))).not.toEqual(normalReport(report(2, 0.6, 1, 2)));
  expect(normalReport(report(1, 0.5, 1, 2))).not.toEqual(normalReport(report(2, 0.5, 1)));
});

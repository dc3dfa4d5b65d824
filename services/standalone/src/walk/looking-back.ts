import type { Cast } from './cast.ts';
import type { Walk } from './walker.ts';

/** Lists, counts, notes and figures agree with what was done. */
export const lookBack = async (walk: Walk, cast: Cast): Promise<void> => {
  await lists(cast);
  await counts(cast);
  await notes(cast);
  await figures(walk, cast);
};

const lists = async ({ rita, dana }: Cast): Promise<void> => {
  const one = { items: [{ number: 'REL-2' }] };
  await rita.sees('The release is found by its label', '/v1/releases?label=autumn', one);
  await rita.sees('by its ticket', '/v1/releases?ref=SHOP-300', one);
  await rita.sees('by the ticket of a scope item', '/v1/releases?ref=SHOP-302', one);
  await rita.sees('by a word', '/v1/releases?q=autumn', one);
  await rita.sees('Three are closed', '/v1/releases?state=Closed', {
    items: [{ number: 'REL-3' }, { number: 'REL-2' }, { number: 'REL-1' }],
  });
  await rita.sees('Its change is found by its label', '/v1/changes?label=autumn', { items: [{ number: 'CHG-2' }] });
  await rita.sees('One deployment failed', '/v1/deployments?state=Failed', { items: [{ number: 'DEP-5' }] });
  await rita.sees('One was a redeployment', '/v1/deployments?kind=redeploy', { items: [{ number: 'DEP-9' }] });
  await dana.sees('Dana sees what her team has to do with', '/v1/incidents?service=checkout', {
    items: [{ number: 'INC-1', state: 'Closed', major: true }],
  });
};

const counts = async ({ rita, ivy }: Cast): Promise<void> => {
  await rita.sees('Changes are counted', '/v1/changes/counts', {
    total: 7,
    byState: { Closed: 5, Canceled: 2 },
  });
  await ivy.sees('and incidents', '/v1/incidents/counts', {
    total: 3,
    byState: { Closed: 2, Canceled: 1 },
    bySeverity: expect.objectContaining({ low: 1 }),
  });
};

const notes = async ({ rita }: Cast): Promise<void> => {
  await rita.sees('The release notes are drafted', '/v1/releases/REL-2/notes', {
    number: 'REL-2',
    sections: expect.arrayContaining([
      expect.objectContaining({ kind: 'fix', items: [{}, {}].map(() => expect.anything()) }),
    ]),
    tradedOff: [{ key: 'SHOP-303' }],
  });
  await rita.sees('The release tells who did what', '/v1/releases/REL-2/events?pageSize=200', {
    items: expect.arrayContaining([expect.objectContaining({ type: 'ReleaseClosed' })]),
  });
};

const MINUTE = 60;

// Worked out by hand. Checkout went live twice, once everywhere and once as the hotfix that mends it. Users were hit from
// minute 73 to 95 and from 100 to 104; the alert came at 75.
const FIGURES: Readonly<Record<string, object>> = {
  'deployment-frequency': { numerator: 2, listed: [] },
  'change-fail-rate': { numerator: 1, denominator: 2, value: 0.5 },
  'lead-time': { denominator: 2 },
  mttr: { series: 'release-related', value: (95 - 75 + 104 - 100) * MINUTE },
  'failed-deployment-recovery-time': { series: 'from-impact-start', value: (95 - 73 + 104 - 100) * MINUTE },
};

type Measure = Readonly<{ measure: string; figures: readonly object[] }>;

const figures = async (walk: Walk, { audrey }: Cast): Promise<void> => {
  const period = `from=${walk.at(-60)}&to=${walk.at(120)}`;
  const path = `/v1/reports/delivery?service=checkout&${period}`;
  const { measures } = await audrey.sees('The figures say how well it went', path, {});
  for (const { measure, figures: shown } of measures as readonly Measure[])
    expect([measure, shown[0]]).toMatchObject([measure, FIGURES[measure] ?? {}]);
  expect((measures as readonly Measure[]).map(({ measure }) => measure)).toEqual(
    expect.arrayContaining(Object.keys(FIGURES)),
  );
};

import { instant } from '../periods/period.ts';
import { causesOf } from '../rows/incidents.ts';
import { restoredAt } from '../rows/intervals.ts';
import type { Ledger } from '../rows/ledger.ts';
import type { Mended } from '../rows/mended.ts';
import type { Run } from '../rows/run.ts';

/** What a hotfix may mend, by which rule. It counts once a person has confirmed it. */
export type Proposal = Readonly<{ record: Mended['record']; recordId: string; rule: Rule; reason: string }>;
type Rule = 'restored-by-it' | 'open-when-it-started' | 'failed-before-it';
export type Remediation = Readonly<{
  deploymentId: string;
  serviceId: string;
  startedAt: string;
  said: readonly Mended[];
  proposed: readonly Proposal[];
}>;

/** Version of the rules: another reading is another one. */
export const RULES = 'first/1';

/** Hotfixes in production, with what they are said to mend and what rules propose. What a person judged is not proposed again. */
export const remediationsOf = (ledger: Ledger): readonly Remediation[] =>
  ledger.runs
    .filter((run): run is Run & { startedAt: number } => run.kind === 'hotfix' && run.startedAt !== undefined)
    .map(run => ({
      deploymentId: run.id,
      serviceId: run.serviceId,
      startedAt: instant(run.startedAt),
      said: run.mends,
      proposed: [...incidentsFor(ledger, run), ...deploymentsFor(ledger, run)].filter(
        ({ record, recordId }) => !run.mends.some(each => each.record === record && each.recordId === recordId),
      ),
    }))
    .toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0));

const incidentsFor = ({ incidents }: Ledger, run: Run): readonly Proposal[] =>
  incidents.flatMap<Proposal>(incident => {
    if (incident.canceled) return [];
    const about = { record: 'incident', recordId: incident.id } as const;
    if (incident.mitigatedBy === run.id)
      return [{ ...about, rule: 'restored-by-it', reason: 'The incident was mitigated by this deployment.' }];
    const isOpen =
      incident.serviceIds.includes(run.serviceId) &&
      incident.detectedAt <= run.startedAt! &&
      (restoredAt(incident) ?? Infinity) > run.startedAt!;
    return isOpen
      ? [{ ...about, rule: 'open-when-it-started', reason: 'It was open for this service when the hotfix started.' }]
      : [];
  });

/** The last one before it on its target, when that failed or is a cause of an incident. */
const deploymentsFor = ({ runs, incidents }: Ledger, run: Run): readonly Proposal[] => {
  const [last] = runs
    .filter(
      ({ id, serviceId, environmentId, startedAt }) =>
        id !== run.id &&
        serviceId === run.serviceId &&
        environmentId === run.environmentId &&
        startedAt !== undefined &&
        startedAt < run.startedAt!,
    )
    .toSorted((a, b) => b.startedAt! - a.startedAt! || (a.id < b.id ? -1 : 1));
  if (!last) return [];
  const isCause = incidents.some(
    each => !each.canceled && causesOf(each).some(({ deploymentId }) => deploymentId === last.id),
  );
  if (!last.failed && !isCause) return [];
  const reason = isCause
    ? 'A cause of an incident, and live when the hotfix started.'
    : 'It failed just before the hotfix.';
  return [{ record: 'deployment', recordId: last.id, rule: 'failed-before-it', reason }];
};

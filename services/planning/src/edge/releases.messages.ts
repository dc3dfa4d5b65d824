import {
  type Artifact,
  FIGURE_STATISTICS,
  type JudgedCriterion,
  LIMIT_CONDITIONS,
  type planningV1,
  type ScopeItem,
} from '@slipway/contracts';
import { type Answer, enumWords, type Listing, timestampOf } from '@slipway/edge';
import { markdownOf, type ReleaseNotes } from '../read/release-notes.ts';
import type { ReleaseView } from '../read/release.view.ts';
import { GATES } from './release-plan.dto.ts';
import { LIFECYCLE_STAGES, PRIORITIES, SCOPE_KINDS } from './release-scope.dto.ts';
import { CHANGE_MODELS, CLASSES, STATES } from './releases.dto.ts';
import { VERDICTS } from './success-criteria.dto.ts';

/** Field to enum and the words that REST says for its values. */
export const { worded, enumOf } = enumWords({
  class: ['RELEASE_CLASS', CLASSES],
  changeModel: ['CHANGE_MODEL', CHANGE_MODELS],
  kind: ['SCOPE_KIND', SCOPE_KINDS],
  priority: ['SCOPE_PRIORITY', PRIORITIES],
  lifecycleStage: ['LIFECYCLE_STAGE', LIFECYCLE_STAGES],
  gate: ['PHASE_GATE', GATES],
  state: ['RELEASE_STATE', STATES],
  statistic: ['FIGURE_STATISTIC', FIGURE_STATISTICS],
  condition: ['LIMIT_CONDITION', LIMIT_CONDITIONS],
  verdict: ['SUCCESS_VERDICT', VERDICTS],
});

type Numbered = Readonly<{ id: string; number: string; version: number }>;

/** The answer to a command. */
export const written = ({ record, event = '', replayed }: Answer): planningV1.DraftReleaseResponse => ({
  release: releaseMessage(record),
  event,
  replayed,
});

export const releaseMessage = (record: Answer['record']): planningV1.Release => {
  const release = record as unknown as ReleaseView & Numbered;
  return {
    ...headOf(release),
    description: release.description ?? '',
    reason: release.reason ?? '',
    artifacts: release.artifacts.map(artifactMessage),
    scope: release.scope.map(itemMessage),
    rollbackPlan: release.rollbackPlan && { ...release.rollbackPlan, triggers: [...release.rollbackPlan.triggers] },
    targets: release.targets.map(({ serviceId, environmentId, wave }) => ({
      service: serviceId,
      environment: environmentId,
      wave,
    })),
    contentDigest: release.contentDigest,
    changes: release.changes.map(change => ({ ...change, contentDigest: change.contentDigest ?? '' })),
    deployments: [...release.deployments],
    outcome: release.outcome ?? '',
    successCriteria: release.successCriteria.map(criterionMessage),
  };
};

type Row = Parameters<typeof headOf>[0] &
  Readonly<{ services: readonly string[]; environments: readonly string[]; scope: readonly string[] }>;

export const listMessage = ({ items, position, nextPageToken = '' }: Listing): planningV1.ListReleasesResponse => ({
  releases: (items as readonly Row[]).map(row => ({
    ...headOf(row),
    services: [...row.services],
    environments: [...row.environments],
    scope: [...row.scope],
  })),
  nextPageToken,
  position: String(position),
});

const headOf = ({
  window,
  ...release
}: Numbered &
  Pick<
    ReleaseView,
    'title' | 'class' | 'changeModel' | 'owner' | 'state' | 'held' | 'window' | 'draftedAt' | 'updatedAt'
  >) => ({
  id: release.id,
  number: release.number,
  version: release.version,
  title: release.title,
  class: enumOf<planningV1.ReleaseClass>('class', release.class),
  changeModel: enumOf<planningV1.ChangeModel>('changeModel', release.changeModel),
  owner: release.owner,
  state: enumOf<planningV1.ReleaseState>('state', release.state),
  held: release.held,
  window: window && { start: timestampOf(window.start), end: timestampOf(window.end) },
  draftedAt: timestampOf(release.draftedAt),
  updatedAt: timestampOf(release.updatedAt),
});

const artifactMessage = ({
  serviceId,
  commits,
  pullRequests = [],
  builtBy = '',
  ...artifact
}: Artifact): planningV1.Artifact => ({
  ...artifact,
  service: serviceId,
  commits: commits.map(({ sha, author, committedAt, authoredAt }) => ({
    sha,
    author,
    committedAt: timestampOf(committedAt),
    authoredAt: authoredAt === undefined ? undefined : timestampOf(authoredAt),
  })),
  pullRequests: pullRequests.map(({ key, firstCommitAt, mergedAt }) => ({
    key,
    firstCommitAt: firstCommitAt === undefined ? undefined : timestampOf(firstCommitAt),
    mergedAt: mergedAt === undefined ? undefined : timestampOf(mergedAt),
  })),
  builtBy,
});

const criterionMessage = ({
  id,
  title,
  measurement,
  howJudged = '',
  judgement,
}: JudgedCriterion): planningV1.SuccessCriterion => ({
  id,
  title,
  measurement: measurement && {
    ...measurement,
    statistic: enumOf<planningV1.FigureStatistic>('statistic', measurement.statistic),
    condition: enumOf<planningV1.LimitCondition>('condition', measurement.condition),
  },
  howJudged,
  judgement: judgement && judgementMessage(judgement),
});

const judgementMessage = ({
  verdict,
  note,
  measured,
  by,
  at,
}: NonNullable<JudgedCriterion['judgement']>): planningV1.SuccessJudgement => ({
  verdict: enumOf<planningV1.SuccessVerdict>('verdict', verdict),
  note,
  measured: measured && {
    ...measured,
    position: String(measured.position),
    from: timestampOf(measured.from),
    to: timestampOf(measured.to),
  },
  by,
  at: timestampOf(at),
});

const itemMessage = ({ kind, externalRef, priority, lifecycleStage, ...item }: ScopeItem): planningV1.ScopeItem => ({
  ...item,
  priority: enumOf<planningV1.ScopePriority>('priority', priority),
  lifecycleStage: enumOf<planningV1.LifecycleStage>('lifecycleStage', lifecycleStage),
  kind: enumOf<planningV1.ScopeKind>('kind', kind),
  externalRef: externalRef && { ...externalRef, url: externalRef.url ?? '' },
});

/** What became of each item of a scope. */
export const scopeMessage = ({ record, event = '', replayed }: Answer): planningV1.ChangeScopeResponse => {
  const { id, number, version, contentDigest, results } = record as unknown as Numbered &
    Readonly<{ contentDigest: string; results: readonly Readonly<{ key: string; outcome: string; code?: string }>[] }>;
  return {
    id,
    number,
    version,
    contentDigest,
    results: results.map(result => ({ ...result, code: result.code ?? '' })),
    event,
    replayed,
  };
};

export const notesMessage = (notes: ReleaseNotes): planningV1.GetReleaseNotesResponse => ({
  title: notes.title,
  number: notes.number,
  markdown: markdownOf(notes),
  sections: notes.sections.map(({ kind, heading, items }) => ({
    kind: enumOf<planningV1.ScopeKind>('kind', kind),
    heading,
    items: items.map(({ key, title, url = '' }) => ({ key, title, url })),
  })),
});

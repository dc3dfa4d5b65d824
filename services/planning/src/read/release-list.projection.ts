import { type Delivery, type RowOf, rowPerStream } from '@slipway/consumers';
import { type ReleaseEvent, releaseStateAfter, type ScopeItem } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';
import { describedRow } from '@slipway/records';
import type { ReleaseRow } from './release-list.entity.ts';

type Row = RowOf<ReleaseRow>;
type Of<Type extends ReleaseEvent['type']> = Extract<ReleaseEvent, { type: Type }>;

const drafted = ({ stream, version, data }: Delivery<Of<'ReleaseDrafted'>>): Row => ({
  id: idOf(stream),
  number: null,
  title: data.title,
  class: data.class,
  changeModel: data.changeModel,
  owner: data.owner,
  state: 'Draft',
  held: false,
  windowStart: null,
  windowEnd: null,
  artifactServices: [],
  targetServices: [],
  environments: [],
  scope: {},
  scopeRefs: [],
  labels: [],
  refs: [],
  train: null,
  departure: null,
  needs: [],
  draftedAt: data.recordedAt,
  updatedAt: data.recordedAt,
  version,
});

const scheduleOf = ({ window, targets }: Of<'ReleaseScheduled'>['data']) => ({
  windowStart: window.start,
  windowEnd: window.end,
  targetServices: targets.map(({ serviceId }) => serviceId),
  environments: targets.map(({ environmentId }) => environmentId),
});

const scopeOf = (items: readonly ScopeItem[]): Row['scope'] =>
  Object.fromEntries(items.map(({ key, externalRef }) => [key, externalRef?.key ?? '']));

const without = ({ scope }: Row, removed: readonly string[]): Row['scope'] =>
  Object.fromEntries(Object.entries(scope).filter(([key]) => !removed.includes(key)));

const withScope = (scope: Row['scope']): Pick<Row, 'scope' | 'scopeRefs'> => ({
  scope,
  scopeRefs: [...new Set(Object.entries(scope).flat())].filter(ref => ref !== ''),
});

const changesBy = (event: ReleaseEvent, row: Row): Partial<Row> => {
  switch (event.type) {
    case 'ArtifactAttached':
      return { artifactServices: [...row.artifactServices, event.data.artifact.serviceId] };
    case 'ArtifactDetached':
      return { artifactServices: row.artifactServices.filter(service => service !== event.data.serviceId) };
    case 'ScopeItemAdded':
      return withScope({ ...row.scope, ...scopeOf([event.data.item]) });
    case 'ScopeItemRemoved':
      return withScope(without(row, [event.data.key]));
    case 'ScopeItemsChanged':
      return withScope({ ...without(row, event.data.removed), ...scopeOf(event.data.put) });
    case 'ReleaseBoardedTrain': {
      const { trainId: train, departure, window } = event.data;
      return { train, departure, windowStart: window.start, windowEnd: window.end };
    }
    case 'ReleaseLeftTrain':
      // A draft had its window from the train alone.
      return { train: null, departure: null, ...(row.state === 'Draft' && { windowStart: null, windowEnd: null }) };
    case 'ReleaseDependencyStated':
      return { needs: [...new Set([...row.needs, event.data.releaseId])] };
    case 'ReleaseDependencyWithdrawn':
      return { needs: row.needs.filter(release => release !== event.data.releaseId) };
    case 'ReleaseScheduled':
    case 'ReleaseRescheduled':
      return scheduleOf(event.data);
    case 'ReleaseHeld':
      return { held: true };
    case 'ReleaseResumed':
      return { held: false };
    default:
      return {};
  }
};

export const releaseList = rowPerStream<ReleaseEvent, Row>({
  consumer: 'planning.releases',
  categories: ['release'],
  table: 'releases_v1',
  numbered: true,
  fold: describedRow('release', (row, event) => {
    if (event.type === 'ReleaseDrafted') return row ?? drafted(event);
    const { version, data } = event;
    return (
      row && { ...row, version, updatedAt: data.recordedAt, ...releaseStateAfter(event), ...changesBy(event, row) }
    );
  }),
});

import { type Handler, projection } from '@slipway/consumers';
import type { ReleaseEvent } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';

type Of<Type extends ReleaseEvent['type']> = Extract<ReleaseEvent, { type: Type }>;

const DRAFTED = `
  INSERT INTO releases_v1
    (id, version, updated_at, drafted_at, title, class, change_model, owner, state, held,
     artifact_services, target_services, environments, scope, number)
  VALUES ($1, $2, $3, $3, $4, $5, $6, $7, 'Draft', false, '{}', '{}', '{}', '{}',
    (SELECT number FROM store.numbers_of(ARRAY[$8])))
  ON CONFLICT (id) DO NOTHING`;

// The events of one release come in order: its row is there.
const update =
  <Event extends ReleaseEvent>(
    set: string,
    values: (data: Event['data']) => readonly unknown[] = () => [],
  ): Handler<Event> =>
  async ({ stream, version, data }, client) => {
    const text = `UPDATE releases_v1 SET version = $2, updated_at = $3, ${set} WHERE id = $1`;
    await client.query(text, [idOf(stream), version, data.recordedAt, ...values(data)]);
  };

const becomes = (state: string): Handler<ReleaseEvent> => update('state = $4', () => [state]);

const SCHEDULE = 'window_start = $4, window_end = $5, target_services = $6, environments = $7';
const scheduleOf = ({ window, targets }: Of<'ReleaseScheduled'>['data']): readonly unknown[] => [
  window.start,
  window.end,
  targets.map(({ serviceId }) => serviceId),
  targets.map(({ environmentId }) => environmentId),
];

export const releaseList = projection<ReleaseEvent>({
  consumer: 'planning.releases',
  categories: ['release'],
  tables: ['releases_v1'],
  independent: true,
  handlers: {
    ReleaseDrafted: async ({ stream, version, data }, client) => {
      const { recordedAt, title, class: size, changeModel, owner } = data;
      await client.query(DRAFTED, [idOf(stream), version, recordedAt, title, size, changeModel, owner, stream]);
    },
    ArtifactAttached: update<Of<'ArtifactAttached'>>(
      'artifact_services = array_append(artifact_services, $4)',
      ({ artifact }) => [artifact.serviceId],
    ),
    ArtifactDetached: update<Of<'ArtifactDetached'>>(
      'artifact_services = array_remove(artifact_services, $4)',
      ({ serviceId }) => [serviceId],
    ),
    ScopeItemAdded: update<Of<'ScopeItemAdded'>>(
      'scope = scope || jsonb_build_object($4::text, $5::text)',
      ({ item }) => [item.key, item.externalRef?.key ?? ''],
    ),
    ScopeItemRemoved: update<Of<'ScopeItemRemoved'>>('scope = scope - $4::text', ({ key }) => [key]),
    ReleaseScheduled: update<Of<'ReleaseScheduled'>>(`state = 'Planned', ${SCHEDULE}`, scheduleOf),
    ReleaseRescheduled: update<Of<'ReleaseRescheduled'>>(SCHEDULE, scheduleOf),
    ReleaseHeld: update('held = true'),
    ReleaseResumed: update('held = false'),
    ReleaseAuthorized: becomes('Authorized'),
    ReleaseAuthorizationLost: becomes('Planned'),
    ReleaseReady: becomes('Ready'),
    ReleaseDeploymentStarted: becomes('Deploying'),
    EarlyLifeSupportStarted: becomes('EarlyLifeSupport'),
    ReleaseReviewStarted: becomes('Review'),
    ReleaseClosed: becomes('Closed'),
    ReleaseCanceled: becomes('Canceled'),
    ReleaseWithdrawn: becomes('Withdrawn'),
  },
  otherwise: update('id = id'),
});

import { type Command, type Event, IllegalStateError } from '@event-driven-io/emmett';

/** As much of a release as the command needs, in emmett's words. */

type Stamp = Readonly<{
  actor: string;
  occurredAt: string;
  recordedAt: string;
  source: string;
  idempotencyKey: string;
}>;
export type ScopeItem = Readonly<{ key: string; kind: string; title: string }>;

export type ReleaseEvent =
  | Event<'ReleaseDrafted', Stamp & Readonly<{ title: string; class: string }>>
  | Event<'ScopeItemAdded', Stamp & Readonly<{ item: ScopeItem }>>;

export type DraftRelease = Command<'DraftRelease', Readonly<{ title: string; class: string }>, Stamp>;
export type AddScopeItem = Command<'AddScopeItem', Readonly<{ item: ScopeItem }>, Stamp>;

export type Release =
  | Readonly<{ status: 'None' }>
  | Readonly<{ status: 'Draft'; title: string; class: string; scope: readonly ScopeItem[]; keys: ReadonlySet<string> }>;

export const initialState = (): Release => ({ status: 'None' });

export const draftRelease = ({ data, metadata }: DraftRelease, release: Release): ReleaseEvent[] => {
  if (release.status === 'None') return [{ type: 'ReleaseDrafted', data: { ...metadata, ...data } }];
  throw new IllegalStateError('This release was drafted before.');
};

/** A key that came before has its effect already. */
export const addScopeItem = ({ data: { item }, metadata }: AddScopeItem, release: Release): ReleaseEvent[] => {
  if (release.status === 'None') throw new IllegalStateError('There is no such release.');
  if (release.keys.has(metadata.idempotencyKey)) return [];
  if (release.scope.some(({ key }) => key === item.key))
    throw new IllegalStateError(`${item.key} is in the scope; remove it first.`);
  return [{ type: 'ScopeItemAdded', data: { ...metadata, item } }];
};

export const evolve = (release: Release, { type, data }: ReleaseEvent): Release => {
  switch (type) {
    case 'ReleaseDrafted':
      return {
        status: 'Draft',
        title: data.title,
        class: data.class,
        scope: [],
        keys: new Set([data.idempotencyKey]),
      };
    case 'ScopeItemAdded':
      if (release.status === 'None') return release;
      return {
        ...release,
        scope: [...release.scope, data.item],
        keys: new Set([...release.keys, data.idempotencyKey]),
      };
  }
};

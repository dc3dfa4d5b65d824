import type { ReleaseEvent } from '@slipway/contracts';
import { ProblemException } from '@slipway/edge';
import { idOf, type Recorded } from '@slipway/event-sourcing';
import type { Check } from '@slipway/event-store';
import type { Prepare, Sources } from '@slipway/service';
import type { StateReleaseDependency } from '../domain/release-commands.ts';
import { releaseView } from '../read/release.view.ts';

const MOST_READ = 200;

type Found = Readonly<{ came: ReadonlyMap<string, string | undefined>; checks: readonly Check[] }>;

/** Looks whether the needed release needs this one, over all that it needs; what was read must not move meanwhile. */
export const prepareDependency: Prepare = async (command, to, sources) => {
  const { releaseId, state } = command.data as StateReleaseDependency['data'];
  const needed = `release-${releaseId}`;
  const { came, checks } = await neededBy(sources, needed, to);
  const streams = came.has(to) ? wayTo(to, came) : [];
  const numbers = await sources.store.numbersOf(streams);
  const path = streams.map(stream => numbers.get(stream) ?? idOf(stream));
  return { command: { type: 'StateReleaseDependency', data: { releaseId, state, path } }, checks };
};

/** Everything that a release needs, itself included, and from where each was come to; ends where `until` is met. */
const neededBy = async ({ store }: Sources, first: string, until: string): Promise<Found> => {
  const came = new Map<string, string | undefined>([[first, undefined]]);
  const checks: Check[] = [];
  for (const stream of came.keys()) {
    if (came.has(until)) break;
    if (checks.length === MOST_READ) throw new ProblemException(TOO_MANY);
    const { events, version } = await store.read<ReleaseEvent>(stream);
    if (version === 0 && stream === first) throw new ProblemException(UNKNOWN_RELEASE);
    checks.push({ stream, expect: version || 'no-stream' });
    for (const next of needsIn(events)) if (!came.has(next)) came.set(next, stream);
  }
  return { came, checks };
};

const needsIn = (events: readonly Recorded<ReleaseEvent>[]): readonly string[] => {
  const release = events.reduce(releaseView, undefined as ReturnType<typeof releaseView>);
  return (release?.dependencies ?? []).map(({ releaseId }) => `release-${releaseId}`);
};

const wayTo = (stream: string, came: ReadonlyMap<string, string | undefined>): readonly string[] => {
  const before = came.get(stream);
  return before === undefined ? [stream] : [...wayTo(before, came), stream];
};

const UNKNOWN_RELEASE = {
  status: 422,
  code: 'unknown-release',
  detail: 'The release that it is to need is not there.',
};

const TOO_MANY = {
  status: 422,
  code: 'too-many-dependencies',
  detail: `The release that it is to need comes to need more than ${MOST_READ} others.`,
};

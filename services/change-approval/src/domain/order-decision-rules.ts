import { isDependencyMet } from '@slipway/contracts';
import { sameTarget } from './change-state.ts';
import { type DecisionRule, forNormal, no, ofChange, ofReleases, unknown, yes } from './decision-rule.ts';
import type { Need, Progress } from './facts.ts';

export const releaseDependenciesMet: DecisionRule = {
  rule: 'release-dependencies-met',
  version: '1',
  strictness: forNormal,
  judge: ofReleases(releases => {
    if (!releases.every(({ needs }) => needs)) return unknown('What the release needs is not known.');
    const needs = releases.flatMap(each => each.needs);
    const missing = needs.filter(({ release, state }) => !release || !isDependencyMet(release, state));
    if (missing.length > 0) return no(`It waits for ${listed(missing.map(waited))}.`);
    return yes(needs.length === 0 ? 'It needs no other release.' : `The ${needs.length} releases that it needs are.`);
  }),
};

const waited = ({ name, state, release }: Need): string =>
  `${name} to be ${state}, which is ${release?.state ?? 'not there'}`;

/** Waves follow each other: what a target of an earlier one has not, no target of a later one gets. */
export const waveOrderMet: DecisionRule = {
  rule: 'wave-order-met',
  version: '1',
  strictness: forNormal,
  judge: ofChange((_, { progress, question }) => {
    if (!progress?.every(({ wave }) => wave > 0)) return unknown('What became of the earlier waves is not known.');
    const here = progress.find(each => sameTarget(each, question.target));
    if (!here) return no('The target is in no wave of the change.');
    const earlier = progress.filter(({ wave }) => wave < here.wave);
    const missing = earlier.filter(({ outcome }) => outcome !== 'succeeded');
    if (missing.length > 0) return no(`Wave ${here.wave} waits for ${listed(missing.map(left))}.`);
    return yes(`Wave ${here.wave}: ${earlier.length} targets of earlier waves succeeded.`);
  }),
};

const left = ({ name, wave, outcome }: Progress): string => `${name} of wave ${wave}, which ${SAID[outcome]}`;

const SAID: Readonly<Record<Progress['outcome'], string>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  'rolled-back': 'was rolled back',
  'rolling-back': 'is being rolled back',
  running: 'still runs',
  'not-deployed': 'was not deployed',
};

const MOST_NAMED = 3;

const listed = (names: readonly string[]): string => {
  const others = names.length - MOST_NAMED;
  return [...names.slice(0, MOST_NAMED), ...(others > 0 ? [`${others} more`] : [])].join('; ');
};

import { type Line, type Lines, OPTION_OF_FILE, optionsOf } from './line.ts';
import type { Body } from './walker.ts';

const renamed =
  (action: string): Lines[string] =>
  (record, id, said) => ({ words: [record, action, id, ...optionsOf(said)] });

/** A part of the file that a plan is. */
const planned =
  (part: (body: Body) => object): Lines[string] =>
  (record, id, body) => ({ words: [record, 'plan', id, ...OPTION_OF_FILE], input: part(body) });

type Target = Readonly<{ service: string; environment: string; wave?: number }>;

const scheduled =
  (action: string): Lines[string] =>
  (record, id, { window, targets = [] }) => {
    const target = (targets as readonly Target[]).map(
      ({ service, environment, wave }) => `${service}@${environment}${wave === undefined ? '' : `:${wave}`}`,
    );
    return { words: [record, action, id, ...optionsOf({ ...window, target })] };
  };

/** One of many, which has a line of its own in what is printed. */
const moved =
  (move: string): Lines[string] =>
  (record, id, said) => ({
    words: [record, move, id, ...optionsOf(said)],
    read: ({ results: [{ outcome, code, detail }] }): ReturnType<NonNullable<Line['read']>> =>
      outcome === 'refused' ? { status: 409, body: { code, detail } } : { words: [record, 'show', id] },
  });

export const releaseLines: Lines = {
  'release attach-artifact': (record, id, { version: artifactVersion, commits, ...said }) => ({
    words: [record, 'attach', id, ...optionsOf({ ...said, artifactVersion, commits: commits && '-' })],
    input: commits,
  }),
  'release detach-artifact': renamed('detach'),
  'release register-rollback-plan': planned(rollbackPlan => ({ rollbackPlan })),
  'release plan-milestone': planned(milestone => ({ milestones: [milestone] })),
  'release plan-phase': planned(phase => ({ phases: [phase] })),
  'release name-manager': planned(named => named),
  'release state-raci': planned(raci => ({ raci })),
  'release state-dependency': (record, id, { release, ...said }) => ({
    words: [record, 'needs', id, release, ...optionsOf(said)],
  }),
  'release change-scope': (record, id, { items, remove }) => ({
    words: [record, 'scope', id, ...OPTION_OF_FILE, ...optionsOf({ remove })],
    input: items,
  }),
  'release add-scope-item': (record, id, { key, ...said }) => ({
    words: [record, 'add-item', id, key, ...optionsOf(said)],
  }),
  'release trade-off-scope': (record, id, { keys, ...said }) => ({
    words: [record, 'trade-off', id, ...keys, ...optionsOf(said)],
  }),
  'release reach-milestone': (record, id, { name, reachedAt: at, ...said }) => ({
    words: [record, 'reach', id, name, ...optionsOf({ ...said, at })],
  }),
  'release meet-criterion': (record, id, { criterion, ...said }) => ({
    words: [record, 'meet', id, criterion, ...optionsOf(said)],
  }),
  'release pass-gate': renamed('pass'),
  'release board-train': renamed('board'),
  'release leave-train': renamed('leave'),
  'release schedule': scheduled('schedule'),
  'release reschedule': scheduled('reschedule'),
  'release go': renamed('ready'),
  'release hold': moved('hold'),
  'release resume': moved('resume'),
  'release cancel': moved('cancel'),
  'release end-early-life-support': renamed('end-support'),
  'release reopen-planning': renamed('reopen'),
  'release copy': (record, copyOf, { title, scopeKinds: scopeKind, ...said }) => ({
    words: [record, 'draft', title, ...optionsOf({ ...said, copyOf, scopeKind })],
  }),
};

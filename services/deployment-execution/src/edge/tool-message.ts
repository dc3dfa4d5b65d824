import type { PipelineRunEvent } from '@slipway/contracts';

type Reported = Extract<PipelineRunEvent, { type: 'PipelineRunReported' }>['data'];

/** What a tool's message says about a run. */
export type RunReport = Readonly<
  Pick<
    Reported,
    'externalId' | 'repository' | 'environmentAlias' | 'commit' | 'status' | 'digests' | 'requestedAt' | 'mapping'
  > & {
    /** When that was, by the tool's clock; UTC. */
    occurredAt: string;
    /** The account that started it, as the directory knows aliases: `github:codertocat`. */
    startedBy: string;
  }
>;

/** A message may tell of several runs. */
export type Read =
  | Readonly<{
      reports: readonly RunReport[];
      /** Counts only where an environment has its alias: else it is a run that deploys nothing, of this kind. */
      unlessUnknown?: string;
    }>
  | Readonly<{ unused: string }>
  | Readonly<{ problem: string }>;

/** Of a tool that deploys something that is in no repository. */
export const NO_COMMIT = '0'.repeat(40);

/** What makes a message the same, of a tool that gives it no id: the run, its status, and when that was. */
export const identityOf = ({ repository, externalId, status, occurredAt }: RunReport): string =>
  [repository, externalId, status, occurredAt].join(' ');

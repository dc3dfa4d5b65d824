import type { PipelineRunEvent } from '@slipway/contracts';

type Reported = Extract<PipelineRunEvent, { type: 'PipelineRunReported' }>['data'];

/** What a tool's message says about a run. */
export type RunReport = Readonly<
  Pick<Reported, 'externalId' | 'repository' | 'environmentAlias' | 'commit' | 'status'> & {
    /** When that was, by the tool's clock; UTC. */
    occurredAt: string;
    /** The account that started it, as the directory knows aliases: `github:codertocat`. */
    startedBy: string;
  }
>;

export type Read = Readonly<{ report: RunReport }> | Readonly<{ unused: string }> | Readonly<{ problem: string }>;

import type { PipelineRunEvent } from '@slipway/contracts';
import { idOf, type Process } from '@slipway/event-sourcing';
import type { PipelineRunCommand } from '../domain/pipeline-run.ts';

type State = Readonly<{ matched: boolean }>;

/** Each message of an unmatched run tries again: what was missing may be known by now. */
export const matchPipelineRunWhenReported: Process<PipelineRunEvent, PipelineRunCommand, State> = {
  name: 'match-pipeline-run-when-reported',
  events: ['PipelineRunReported', 'PipelineRunMatched'],
  instance: ({ stream }) => idOf(stream),
  initialState: { matched: false },
  evolve: (state, { type }) => (type === 'PipelineRunMatched' ? { matched: true } : state),
  react: ({ type, stream }, { matched }) =>
    type === 'PipelineRunReported' && !matched
      ? // `known` is filled in when it is carried out: see edge/preparations.ts.
        [
          {
            send: {
              type: 'MatchPipelineRun',
              data: { runId: idOf(stream), known: { services: [], environments: [], artifacts: [] } },
            },
            to: stream,
          },
        ]
      : [],
};

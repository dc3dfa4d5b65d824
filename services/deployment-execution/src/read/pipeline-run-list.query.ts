import { recordList, wordsIn } from '@slipway/service';
import { PipelineRunRow } from './pipeline-run-list.entity.ts';
import { answered } from './row.ts';

/** `q`: in the repository. `from` and `to`: first reported in between, `to` excluded. */
export type PipelineRunFilter = Readonly<{ q?: string; state?: string; tool?: string; from?: string; to?: string }>;

/** The latest first. */
export const pipelineRuns = recordList<PipelineRunRow, PipelineRunFilter>({
  entity: PipelineRunRow,
  at: 'reportedAt',
  conditions: {
    q: wordsIn(`coalesce(list.repository, '')`),
    state: 'list.state = :state',
    tool: 'list.tool = :tool',
    from: 'list.reportedAt >= :from',
    to: 'list.reportedAt < :to',
  },
  places: 'SELECT service_id, environment_id FROM deployments_v1 WHERE id = list.deploymentId',
  item: answered,
});

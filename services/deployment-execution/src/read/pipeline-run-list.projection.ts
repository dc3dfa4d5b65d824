import { projection } from '@slipway/consumers';
import type { PipelineRunEvent } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';

// The first message says what the run is; the status is the latest by the tool's own clock.
const REPORTED = `
  INSERT INTO pipeline_runs_v1 AS r (id, state, tool, external_id, repository, environment_alias, commit, status, status_at, messages,
    contradictions, reported_at, version)
  VALUES ($1, 'reported', $2, $3, $4, $5, $6, $7, $8, 1, 0, $11, $9)
  ON CONFLICT (id) DO UPDATE SET messages = r.messages + 1, version = excluded.version,
    contradictions = r.contradictions + ((r.environment_alias, r.commit) <> (excluded.environment_alias, excluded.commit))::int,
    status = CASE WHEN (excluded.status_at, array_position($10::text[], excluded.status)) > (r.status_at, array_position($10::text[], r.status))
      THEN excluded.status ELSE r.status END,
    status_at = greatest(r.status_at, excluded.status_at)`;

// At the same instant, in the order in which a run goes.
const ORDER = ['queued', 'waiting', 'running', 'succeeded', 'failed', 'canceled', 'inactive'];

const UNREADABLE = `
  INSERT INTO pipeline_runs_v1 (id, state, tool, problem, messages, contradictions, reported_at, version)
  VALUES ($1, 'unreadable', $2, $3, 1, 0, $4, $5) ON CONFLICT (id) DO NOTHING`;

/** Runs of tools that we only watch, the latest first. */
export const pipelineRunList = projection<PipelineRunEvent>({
  consumer: 'deployment-execution.pipeline-runs',
  categories: ['pipelineRun'],
  tables: ['pipeline_runs_v1'],
  independent: true,
  handlers: {
    PipelineRunReported: async ({ stream, version, data }, client) => {
      const {
        tool,
        externalId,
        repository,
        environmentAlias,
        commit,
        status,
        occurredAt,
        requestedAt = occurredAt,
      } = data;
      await client.query(REPORTED, [
        idOf(stream),
        tool,
        externalId,
        repository,
        environmentAlias,
        commit,
        status,
        occurredAt,
        version,
        ORDER,
        requestedAt,
      ]);
    },
    PipelineRunUnreadable: async ({ stream, version, data: { tool, problem, occurredAt } }, client) => {
      await client.query(UNREADABLE, [idOf(stream), tool, problem, occurredAt, version]);
    },
    PipelineRunUnmatched: async ({ stream, version, data: { missing } }, client) => {
      await client.query("UPDATE pipeline_runs_v1 SET state = 'unmatched', missing = $2, version = $3 WHERE id = $1", [
        idOf(stream),
        missing,
        version,
      ]);
    },
    PipelineRunMatched: async ({ stream, version, data: { deploymentId } }, client) => {
      await client.query(
        "UPDATE pipeline_runs_v1 SET state = 'matched', missing = NULL, deployment_id = $2, version = $3 WHERE id = $1",
        [idOf(stream), deploymentId, version],
      );
    },
  },
});

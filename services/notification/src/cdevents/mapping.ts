/** What is known when an event is told. `content` is named by its fields. */
export type Facts = Readonly<Record<string, unknown>>;

/** One line of the mapping: which of our events is which of CDEvents, when the facts are these. */
export type Line = Readonly<{
  from: string;
  when?: Readonly<Record<string, readonly unknown[]>>;
  to: string;
  /** The fact that the subject is identified by, and the context that knows it. */
  subject: string;
  source: string;
  content: readonly string[];
  /** Without these it would not be conformant: then it is not told. */
  needs?: readonly string[];
}>;

const service = { subject: 'serviceId', source: '/slipway/catalog' };
const rollout = { ...service, content: ['environment', 'artifactId'], needs: ['environment', 'artifactId'] };
const incident = {
  subject: 'incidentId',
  source: '/slipway/incident-correlation',
  content: ['description', 'environment', 'service'],
  needs: ['environment'],
};
const run = { subject: 'pipelineRunId', source: '/slipway/deployment-execution' };
const environment = { subject: 'environmentId', source: '/slipway/catalog', content: ['name'] };

/**
 * The whole of it; the first line that fits counts. Left out on purpose: `change.*`, `branch.*` and `repository.*` are about source
 * control, and a change here is the record of an ITSM tool; `artifact.published` is for whoever publishes, and we only hear that a
 * release carries an artifact; of feature flags CDEvents has nothing to say.
 */
export const MAPPING: readonly Line[] = [
  { from: 'EnvironmentRegistered', to: 'dev.cdevents.environment.created.0.3.0', ...environment },
  { from: 'EnvironmentUpdated', to: 'dev.cdevents.environment.modified.0.3.0', ...environment },
  {
    from: 'DeploymentFinished',
    when: { kind: ['rollback'] },
    to: 'dev.cdevents.service.rolledback.0.3.0',
    ...rollout,
  },
  {
    from: 'DeploymentFinished',
    when: { kind: ['planned', 'hotfix'], replaces: [true] },
    to: 'dev.cdevents.service.upgraded.0.3.0',
    ...rollout,
  },
  {
    from: 'DeploymentFinished',
    when: { kind: ['planned', 'hotfix', 'redeploy'] },
    to: 'dev.cdevents.service.deployed.0.3.0',
    ...rollout,
  },
  { from: 'IncidentDetected', to: 'dev.cdevents.incident.detected.0.3.0', ...incident },
  { from: 'IncidentResolved', to: 'dev.cdevents.incident.resolved.0.3.0', ...incident },
  {
    from: 'PipelineRunReported',
    when: { status: ['queued'] },
    to: 'dev.cdevents.pipelinerun.queued.0.3.0',
    ...run,
    content: ['pipelineName', 'uri'],
  },
  {
    from: 'PipelineRunReported',
    when: { status: ['running'] },
    to: 'dev.cdevents.pipelinerun.started.0.3.0',
    ...run,
    content: ['pipelineName', 'uri'],
    needs: ['pipelineName', 'uri'],
  },
  {
    from: 'PipelineRunReported',
    when: { status: ['succeeded', 'failed', 'canceled'] },
    to: 'dev.cdevents.pipelinerun.finished.0.3.0',
    ...run,
    content: ['pipelineName', 'uri', 'outcome'],
  },
];

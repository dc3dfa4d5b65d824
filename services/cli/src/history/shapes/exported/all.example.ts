import fc from 'fast-check';
import { github, githubWebhook } from './github.example.ts';
import { gitlab, gitlabWebhook } from './gitlab.example.ts';
import { jiraChanges, jiraIncidents } from './jira.example.ts';
import { pagerduty } from './pagerduty.example.ts';
import type { Export, Exported } from './parts.example.ts';
import { serviceNowChanges, serviceNowIncidents } from './servicenow.example.ts';

/** By what it is called in a test. */
export const exportShapes: Readonly<Record<string, Export>> = {
  'GitHub deployments with their statuses': github,
  'GitHub deployment_status webhooks': githubWebhook,
  'GitLab deployments': gitlab,
  'GitLab deployment webhooks': gitlabWebhook,
  'PagerDuty incidents': pagerduty,
  'ServiceNow change_request': serviceNowChanges,
  'ServiceNow incident': serviceNowIncidents,
  'Jira issues as incidents': jiraIncidents,
  'Jira issues as changes': jiraChanges,
};

/** The same records for the same seed. */
export const exported = ({ records }: Export, count: number, seed: number): readonly Exported[] =>
  Array.from({ length: count }, (_, nth) => fc.sample(records(nth), { numRuns: 1, seed: seed + nth })).flat();

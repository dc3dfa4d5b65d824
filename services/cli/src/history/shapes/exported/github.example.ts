import fc from 'fast-check';
import { at, environment, type Export, later, maybe, present, second, service, sha, text } from './parts.example.ts';

const GITHUB_ENDS = { success: 'succeeded', failure: 'failed', error: 'failed' } as const;

const githubDeployment = (nth: number) =>
  fc.record({
    service,
    environment,
    sha,
    tag: maybe(fc.constant(`v1.${nth}.0`)),
    created: second,
    started: maybe(later),
    took: later,
    state: fc.constantFrom('success', 'failure', 'error', 'in_progress', 'queued', 'waiting', 'pending'),
    superseded: fc.boolean(),
    task: maybe(fc.constant('deploy')),
    description: maybe(text),
  });

// docs.github.com/en/rest/deployments/deployments (List deployments) and …/statuses (List deployment statuses)
export const github: Export = {
  kind: 'deployments',
  system: 'github',
  source: 'https://docs.github.com/en/rest/deployments/deployments',
  records: nth =>
    githubDeployment(nth).map(said => {
      const { created, started, state } = said;
      const ended = created + (started ?? 0) + said.took;
      const outcome = state in GITHUB_ENDS ? GITHUB_ENDS[state as 'success'] : 'unfinished';
      const statuses = [
        ...(state === 'success' && said.superseded ? [{ state: 'inactive', created_at: at(ended + 500_000) }] : []),
        { state, created_at: at(ended), description: '' },
        ...(started === undefined ? [] : [{ state: 'in_progress', created_at: at(created + started) }]),
      ];
      return {
        record: present({ ...githubRecord(nth, said), statuses }),
        row: present({
          ...githubRow(nth, said),
          startedAt: at(started === undefined ? (state === 'in_progress' ? ended : created) : created + started),
          finishedAt: outcome === 'unfinished' ? undefined : at(ended),
          outcome,
        }),
      };
    }),
};

type GithubSaid = Readonly<{
  service: string;
  environment: string;
  sha: string;
  tag: string | undefined;
  created: number;
  took: number;
  state: string;
  task: string | undefined;
  description: string | undefined;
}>;

const githubRecord = (nth: number, said: GithubSaid) => ({
  id: nth + 1,
  node_id: `DE_${nth}`,
  url: `https://api.github.com/repos/${said.service}/deployments/${nth + 1}`,
  statuses_url: `https://api.github.com/repos/${said.service}/deployments/${nth + 1}/statuses`,
  repository_url: `https://api.github.com/repos/${said.service}`,
  sha: said.sha,
  ref: said.tag ?? 'main',
  task: said.task,
  description: said.description ?? null,
  payload: {},
  environment: said.environment,
  original_environment: said.environment,
  created_at: at(said.created),
  updated_at: at(said.created + said.took),
});

const githubRow = (nth: number, said: GithubSaid) => ({
  key: String(nth + 1),
  url: `https://api.github.com/repos/${said.service}/deployments/${nth + 1}`,
  service: said.service,
  environment: said.environment,
  commit: said.sha,
  version: said.tag,
  requestedAt: at(said.created),
});

// docs.github.com/en/webhooks/webhook-events-and-payloads#deployment_status
export const githubWebhook: Export = {
  kind: 'deployments',
  system: 'github',
  source: 'https://docs.github.com/en/webhooks/webhook-events-and-payloads#deployment_status',
  records: key =>
    githubDeployment(key + 1_000_000).map(said => {
      const nth = key + 1_000_000;
      const outcome = said.state in GITHUB_ENDS ? GITHUB_ENDS[said.state as 'success'] : 'unfinished';
      const told = at(said.created + said.took);
      return {
        record: present({
          action: 'created',
          deployment_status: { id: nth, state: said.state, created_at: told, updated_at: told, description: '' },
          deployment: present(githubRecord(nth, said)),
          repository: { id: 1, full_name: said.service, private: false },
          sender: { login: 'octocat', id: 1 },
        }),
        row: present({
          ...githubRow(nth, said),
          startedAt: said.state === 'in_progress' ? told : at(said.created),
          finishedAt: outcome === 'unfinished' ? undefined : told,
          outcome,
        }),
      };
    }),
};

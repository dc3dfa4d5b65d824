import type { Prepare, Sources } from '@slipway/service';
import type { Observed } from '../domain/deployment-commands.ts';
import type { Known, Run } from '../domain/matching.ts';
import { repositoryOf } from '../domain/repository.ts';
import { artifactsNamed, environments, servicesNaming } from '../read/known.query.ts';
import { pipelineRunView } from '../read/pipeline-run.view.ts';
import { knowingAll } from './freshness.ts';
import { folded } from './folded.ts';

/** What is known of the run, once everything that was committed before has arrived. */
const matchPipelineRun: Prepare = async (command, to, sources) => {
  await knowingAll(sources);
  const { view } = await folded(sources.store, to, pipelineRunView);
  const { repository = '', environmentAlias = '', commit = '', digests = [] } = view ?? {};
  const known = await knownOf(sources, { repository, environmentAlias, commit, digests });
  return { command: { ...command, data: { ...command.data, known } } };
};

/** Bound by hand: to a service that the repository may not name. */
const bindPipelineRun: Prepare = async (command, to, sources) => {
  const prepared = await matchPipelineRun(command, to, sources);
  const { known, binding } = prepared.command.data as { known: Known; binding: { serviceId: string } };
  const named = { id: binding.serviceId, name: '', repositories: [], aliases: [] };
  return { command: { ...command, data: { ...command.data, known: { ...known, services: [named] } } } };
};

const knownOf = async ({ dataSource }: Sources, { repository, commit, digests = [] }: Run): Promise<Known> => ({
  services: await servicesNaming(dataSource, repositoryOf(repository).path),
  environments: await environments(dataSource),
  artifacts: await artifactsNamed(dataSource, commit, digests),
});

/** The reason of a failure may name people like any other free text. */
const observeDeployment: Prepare = async (command, to, sources) => {
  const { reason } = command.data as Observed;
  return { command: { ...command, data: { ...command.data, reason: await sources.seal(to, reason) } } };
};

export const preparations: Readonly<Record<string, Prepare>> = {
  MatchPipelineRun: matchPipelineRun,
  BindPipelineRun: bindPipelineRun,
  ObserveDeployment: observeDeployment,
};

import { type Command, Option } from 'commander';
import type { JsonObject } from '../client.ts';
import { listIn } from '../document.ts';
import { releaseInWords } from '../record-in-words.ts';
import type { Session } from '../session.ts';
import { addReleaseMoves } from './release-moves.ts';
import { addReleasePlan } from './release-plan.ts';
import { commandNamed, REASON, step, type Steps, tell } from './steps.ts';

const CLASSES = ['major', 'minor', 'patch', 'emergency', 'hotfix'];
const MODELS = ['standard', 'normal', 'emergency'];
const SCOPE_KINDS = ['feature', 'fix', 'tech-debt', 'regulatory'];
const STATES = ['Authorized', 'Ready', 'Deploying', 'EarlyLifeSupport', 'Closed'];

/** The steps of a release, from the draft to the end, beside `slipway release list` and `show`. */
export const addReleases = (program: Command, session: Session): void => {
  const command = commandNamed(program, 'release');
  const steps: Steps = { command, session, path: '/v1/releases', told: releaseInWords };
  command.commandsGroup('Draft and plan:');
  addDraft(steps);
  addContent(steps);
  addReleasePlan(steps);
  addReleaseMoves(steps);
};

type Drafting = Readonly<{
  class?: string;
  model?: string;
  owner?: string;
  description?: string;
  copyOf?: string;
  scopeKind?: readonly string[];
}>;

const addDraft = (steps: Steps): void => {
  const { command, session, path } = steps;
  command
    .command('draft <title>')
    .description('draft a release; --copy-of takes over what an earlier one was planned like')
    .addOption(new Option('--class <class>', 'minor when absent').choices(CLASSES))
    .addOption(new Option('--model <model>', 'of its change: normal when absent').choices(MODELS))
    .option('--owner <who>', 'an address or an account; who asks when absent')
    .option('--description <text>', 'kept encrypted')
    .option('--copy-of <release>', 'an id or a number')
    .addOption(new Option('--scope-kind <kind...>', 'of a copy: scope items to take over').choices(SCOPE_KINDS))
    .action(async (title: string, { class: size, model, copyOf, scopeKind, ...said }: Drafting) => {
      const body = { title, changeModel: model, ...said, scopeKinds: scopeKind };
      const asked =
        copyOf === undefined
          ? session.client().post(path, { ...body, class: size ?? 'minor' })
          : session.client().post(`${path}/${encodeURIComponent(copyOf)}/copy`, { ...body, class: size });
      await tell(steps, await asked);
    });
};

const addContent = (steps: Steps): void => {
  step(steps, 'attach', 'attach the artifact of a service', { action: 'attach-artifact', body: artifactOf })
    .requiredOption('--service <service>', 'a name or an id')
    .requiredOption('--artifact-version <version>', 'of what was built')
    .requiredOption('--purl <purl>', 'its package URL: pkg:oci/checkout@2.4.0')
    .requiredOption('--digest <digest>', 'sha256:…')
    .requiredOption('--repository <repository>', 'owner/name, or a URL')
    .option('--built-by <who>', 'an address or an account')
    .option('--commits <file>', 'YAML or JSON: a list of sha, author and committedAt; - reads from standard input');
  step(steps, 'detach', 'take the artifact of a service out', { action: 'detach-artifact' }).requiredOption(
    '--service <service>',
    'a name or an id',
  );
  step(steps, 'needs <release>', 'say that it needs another release', { action: 'state-dependency' }).addOption(
    new Option('--state <state>', 'that the other one must have reached').choices(STATES).makeOptionMandatory(),
  );
  step(steps, 'needs-not <release>', 'say that it does not need that one', { action: 'withdraw-dependency' }).option(
    ...REASON,
  );
};

const artifactOf = async ({ artifactVersion, commits, ...artifact }: JsonObject & { commits?: string }) => ({
  ...artifact,
  version: artifactVersion,
  ...(commits !== undefined && { commits: await listIn(commits) }),
});

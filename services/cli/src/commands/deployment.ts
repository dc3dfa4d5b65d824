import { type Command, Option } from 'commander';
import type { Json, JsonObject } from '../client.ts';
import { amountIn, countIn } from '../count.ts';
import { deploymentInWords, updateInWords } from '../deployment-in-words.ts';
import { listIn } from '../document.ts';
import { exitCodes } from '../failures.ts';
import type { Session } from '../session.ts';
import { AT, commandNamed, REASON, step, type Steps, tell, withUrl } from './steps.ts';

const KINDS = ['planned', 'hotfix', 'rollback', 'redeploy', 'activation'];
const STEP_VERBS = ['start', 'report', 'switch', 'succeed', 'fail'];

/** `slipway deployment request …`, `start DEP-1`, `step DEP-1 migrate --is start`, `watch DEP-1`: beside `show` and `list`. */
export const addDeployment = (program: Command, session: Session): void => {
  const command = commandNamed(program, 'deployment');
  const steps: Steps = { command, session, path: '/v1/deployments', told: deploymentInWords };
  addRequest(steps);
  addWatch(steps);
  addCourse(steps);
  addStep(steps);
  addEnds(steps);
};

const addCourse = (steps: Steps): void => {
  keyed(step(steps, 'decision', 'ask for the decision again'));
  keyed(step(steps, 'start', 'start it under a valid allow')).option(...AT);
  keyed(step(steps, 'took-traffic', 'say that it serves users'))
    .option('--percent <share>', 'of the traffic', amountIn)
    .option(...AT);
  keyed(step(steps, 'finish', 'say that it is rolled out; verification is next')).option(...AT);
  keyed(
    step(steps, 'verify', 'say whether it works', {
      body: ({ check, ...said }) => ({ ...said, ...(check !== undefined && { checks: check }) }),
    }),
  )
    .addOption(new Option('--outcome <outcome>').choices(['passed', 'failed']).makeOptionMandatory())
    .option('--check <check...>', 'what was looked at')
    .option('--reason <reason>', 'of a failure; kept encrypted')
    .option(...AT);
  keyed(step(steps, 'link-log', 'say where its log is kept', { body: withUrl }))
    .requiredOption('--href <url>', 'of the log; kept encrypted')
    .option('--step <step>', 'of this step only')
    .option('--digest <digest>', 'sha256:… of the log, when it is whole')
    .option('--media-type <type>', 'such as text/plain');
};

const addEnds = (steps: Steps): void => {
  keyed(step(steps, 'fail', 'say that it failed'))
    .requiredOption(...REASON)
    .option(...AT);
  keyed(step(steps, 'cancel', 'take it back before it starts')).requiredOption(...REASON);
  keyed(step(steps, 'roll-back', 'request the deployment that undoes it'))
    .requiredOption(...REASON)
    .addOption(new Option('--cause <cause>', 'fault when absent').choices(['fault', 'business']))
    .option('--deployer <who>', 'an address or an account; who asks when absent');
};

const addRequest = (steps: Steps): void => {
  const { command, session, path } = steps;
  keyed(command.command('request').description('ask for a deployment, and whether it may happen'))
    .requiredOption('--service <service>', 'a name or an id')
    .requiredOption('--environment <environment>', 'a name or an id')
    .option('--release <release>', 'an id or a number')
    .option('--change <change>', 'an id or a number; that of the release when absent')
    .option('--digest <digest...>', 'sha256:… of what will run; what the release has when absent')
    .option('--artifact-version <version>', 'of what will run; what the release has when absent')
    .option('--base-digest <digest...>', 'sha256:… of what is live: on anything else it does not start')
    .option('--wave <wave>', 'from 1 on; that of the release when absent', countIn)
    .option('--steps <file>', 'YAML or JSON: a list of step, plannedSeconds, maxErrors; - reads from standard input')
    .addOption(new Option('--kind <kind>', 'planned when absent').choices(KINDS))
    .option('--undoes <deployment>', 'of a rollback: what it undoes; of a hotfix: what it mends')
    .option('--deployer <who>', 'an address or an account; who asks when absent')
    .action(async ({ key, ...said }: Requested) =>
      tell(steps, await session.client().post(path, await requestOf(said), {}, key)),
    );
};

type Requested = Readonly<{ key?: string; digest?: Json; baseDigest?: Json; artifactVersion?: string; steps?: string }>;

const requestOf = async ({ digest, baseDigest, artifactVersion, steps, ...said }: Requested): Promise<object> => ({
  ...said,
  digests: digest,
  baseDigests: baseDigest,
  version: artifactVersion,
  ...(steps !== undefined && { steps: await listIn(steps) }),
});

const addStep = ({ command, session, path }: Steps): void => {
  keyed(command.command('step <id> <step>').description('say how one of its steps goes'))
    .addOption(new Option('--is <verb>').choices(STEP_VERBS).makeOptionMandatory())
    .option('--percent <percent>', 'of a report', amountIn)
    .option('--errors <count>', 'of a report: all since the step started', amountIn)
    .addOption(new Option('--via <way>', 'of a switch').choices(['dns', 'load-balancer']))
    .option('--reason <reason>', 'of a failure; kept encrypted')
    .option(...AT)
    .action(async (id: string, name: string, { is, at: occurredAt, key, ...said }: Reported) => {
      const one = `${path}/${encodeURIComponent(id)}/steps/${encodeURIComponent(name)}/${is}`;
      const deployment = await session.client().post(one, { ...said, occurredAt }, {}, key);
      await session.show(deployment, () => deploymentInWords(deployment, session.paint));
    });
};

type Reported = Readonly<{ is: string; at?: string; key?: string }>;

const addWatch = ({ command, session, path }: Steps): void => {
  command
    .command('watch <id>')
    .description('follow it until it is settled. Exit code 0: it succeeded; --until-decided: 0 allow, 3 deny')
    .option('--until-decided', 'no longer than until the decision is there')
    .action(async (id: string, { untilDecided = false }: Readonly<{ untilDecided?: boolean }>) => {
      let last: JsonObject = {};
      for await (const update of session.client().follow(`${path}/${encodeURIComponent(id)}/live`)) {
        last = update['deployment'] as JsonObject;
        session.print(session.isForMachines ? `${JSON.stringify(update)}\n` : updateInWords(update, session.paint));
        if (untilDecided && verdictIn(last) !== undefined) break;
      }
      session.exit(exitCodeOf(last, untilDecided));
    });
};

const verdictIn = ({ state, decision }: JsonObject) =>
  state === 'Queued' || state === 'Waiting' ? (decision as JsonObject | undefined)?.['verdict'] : state;

const exitCodeOf = (deployment: JsonObject, untilDecided: boolean): (typeof exitCodes)[keyof typeof exitCodes] => {
  if (!untilDecided) return deployment['state'] === 'Succeeded' ? exitCodes.done : exitCodes.failed;
  const verdict = verdictIn(deployment);
  return verdict === 'deny' || verdict === 'Canceled' ? exitCodes.denied : exitCodes.done;
};

const keyed = (command: Command): Command =>
  command.option('--key <key>', 'an idempotency key: the same again gives the first answer');

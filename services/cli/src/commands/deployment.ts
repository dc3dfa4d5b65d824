import { type Command, Option } from 'commander';
import { countIn } from '../count.ts';
import { deploymentInWords, updateInWords } from '../deployment-in-words.ts';
import type { JsonObject } from '../client.ts';
import { exitCodes } from '../failures.ts';
import type { Session } from '../session.ts';

type Said = Readonly<{ key?: string; [name: string]: unknown }>;

const KINDS = ['planned', 'hotfix', 'rollback', 'redeploy', 'activation'];
const STEP_VERBS = ['start', 'report', 'switch', 'succeed', 'fail'];

/** `slipway deployment request …`, `start DEP-1`, `step DEP-1 migrate start`, `watch DEP-1`: beside `show` and `list`. */
export const addDeployment = (program: Command, session: Session): void => {
  const deployment = program.commands.find(command => command.name() === 'deployment');
  if (!deployment) throw new Error('the records come first');
  addRequest(deployment, session);
  addStep(deployment, session);
  addWatch(deployment, session);
  const verb = (name: string, description: string, body: (said: Said) => object = asSaid): Command =>
    told(deployment.command(`${name} <deployment>`).description(description)).action((id: string, said: Said) =>
      tell(session, `/${encodeURIComponent(id)}/${name}`, said, body),
    );
  verb('decision', 'asks for the decision again');
  timed(verb('start', 'starts it under a valid allow'));
  timed(verb('took-traffic', 'it serves users')).option('--percent <share>', 'of the traffic', Number);
  timed(verb('finish', 'it is rolled out; verification is next'));
  timed(verb('fail', 'it failed')).requiredOption('--reason <reason>');
  timed(
    verb('verify', 'whether it works', ({ check, ...said }) => ({
      ...said,
      ...(check !== undefined && { checks: check }),
    })),
  )
    .addOption(new Option('--outcome <outcome>').choices(['passed', 'failed']).makeOptionMandatory())
    .option('--check <check...>', 'what was looked at')
    .option('--reason <reason>', 'of a failure');
  verb('cancel', 'takes it back before it starts').requiredOption('--reason <reason>');
  verb('roll-back', 'requests the deployment that undoes it')
    .requiredOption('--reason <reason>')
    .addOption(new Option('--cause <cause>').choices(['fault', 'business']))
    .option('--deployer <who>', 'an address or an account; who asks when absent');
};

const addRequest = (deployment: Command, session: Session): void => {
  const command = deployment.command('request').description('asks for a deployment, and whether it may happen');
  told(command)
    .requiredOption('--service <service>', 'a name or an id')
    .requiredOption('--environment <environment>', 'a name or an id')
    .option('--digest <digest...>', 'sha256:… of what will run; what the release has when absent')
    .option('--base-digest <digest...>', 'sha256:… of what is live: on anything else it does not start')
    .option('--release <release>', 'an id or a number')
    .option('--change <change>', 'an id or a number')
    .option('--wave <wave>', 'from 1 on', countIn)
    .addOption(new Option('--kind <kind>').choices(KINDS))
    .option('--undoes <deployment>', 'of a rollback: the deployment that it undoes')
    .option('--deployer <who>', 'an address or an account; who asks when absent')
    .action((said: Said) =>
      tell(session, '', said, ({ digest, baseDigest, ...other }) => ({
        ...other,
        ...(digest !== undefined && { digests: digest }),
        ...(baseDigest !== undefined && { baseDigests: baseDigest }),
      })),
    );
};

const addStep = (deployment: Command, session: Session): void => {
  const command = deployment
    .command('step <deployment> <step>')
    .description('how a step goes')
    .addOption(new Option('--is <verb>').choices(STEP_VERBS).makeOptionMandatory())
    .option('--percent <percent>', 'of a report', Number)
    .option('--errors <count>', 'of a report: all since the step started', Number)
    .addOption(new Option('--via <way>', 'of a switch').choices(['dns', 'load-balancer']))
    .option('--reason <reason>', 'of a failure');
  timed(told(command)).action((id: string, step: string, { is, ...said }: Said) =>
    tell(session, `/${encodeURIComponent(id)}/steps/${encodeURIComponent(step)}/${String(is)}`, said, asSaid),
  );
};

const addWatch = (deployment: Command, session: Session): void => {
  deployment
    .command('watch <deployment>')
    .description('as it goes, until it is settled. Exit code 0: it succeeded; --until-decided: 0 allow, 3 deny')
    .option('--until-decided', 'no longer than until the decision is there')
    .action(async (id: string, { untilDecided = false }: Readonly<{ untilDecided?: boolean }>) => {
      let last: JsonObject = {};
      for await (const update of session.client().follow(`/v1/deployments/${encodeURIComponent(id)}/live`)) {
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

const told = (command: Command): Command =>
  command.option('--key <key>', 'an idempotency key: the same again gives the first answer');
const timed = (command: Command): Command => command.option('--occurred-at <instant>', 'when that was: RFC 3339');

const asSaid = (said: Said): object => said;

const tell = async (
  session: Session,
  path: string,
  { key, ...said }: Said,
  body: (said: Said) => object,
): Promise<void> => {
  const deployment = await session.client().post(`/v1/deployments${path}`, body(said), {}, key);
  await session.show(deployment, () => deploymentInWords(deployment, session.paint));
};

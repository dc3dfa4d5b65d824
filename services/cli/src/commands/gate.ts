import { type Command, Option } from 'commander';
import type { JsonObject } from '../client.ts';
import { decisionInWords, verdictOf } from '../decision.ts';
import { exitCodes, messageOf, Problem, Unreachable } from '../failures.ts';
import type { Session } from '../session.ts';

type Options = Readonly<{
  change?: string;
  release?: string;
  service: string;
  environment: string;
  digest?: readonly string[];
  deployer?: string;
  kind: string;
  undoes?: string;
  deployment?: string;
  at?: string;
  enforce?: boolean;
}>;

const KINDS = ['planned', 'hotfix', 'rollback', 'redeploy', 'activation'];

/** `slipway gate --change CHG-1 --service checkout --environment production --digest sha256:… --deployer sub:pipeline` */
export const addGate = (program: Command, session: Session): void => {
  program
    .command('gate')
    .description('may this content go to this target now? Exit code 0: allow, 3: deny, 4: cannot tell')
    .option('--change <change>', 'an id or a number')
    .option('--release <release>', 'an id or a number')
    .requiredOption('--service <service>', 'a name or an id')
    .requiredOption('--environment <environment>', 'a name or an id')
    .option('--digest <digest...>', 'sha256:… of what will run; what the release or change has when absent')
    .option('--deployer <who>', 'an address or an account; who asks when absent')
    .addOption(new Option('--kind <kind>').choices(KINDS).default('planned'))
    .option('--undoes <deployment>', 'of a rollback: the deployment that it undoes')
    .option('--deployment <deployment>', 'that the decision is for')
    .option('--at <instant>', 'what would be said at another instant; never together with --enforce')
    .addOption(new Option('--enforce', 'take the decision, as an event that an allow is bound to').conflicts('at'))
    .action(async ({ enforce = false, digest, ...asked }: Options) => {
      try {
        const answer = await session
          .client()
          .post(enforce ? '/v1/decisions' : '/v1/decisions/preview', { ...asked, digests: digest });
        await tell(session, answer);
      } catch (error) {
        if (!cannotTell(error)) throw error;
        session.remark(messageOf(error).trimEnd());
        session.exit(exitCodes.unknown);
      }
    });
};

const tell = async (session: Session, answer: JsonObject): Promise<void> => {
  const verdict = verdictOf(answer);
  if (verdict === undefined) throw new Unreachable('What came back is no decision.');
  await session.show(answer, () => decisionInWords(answer, session.paint));
  session.exit(verdict === 'allow' ? exitCodes.done : exitCodes.denied);
};

const SAYS_NOTHING = new Set([401, 403, 408, 429]);

/** Nobody said yes or no; what was asked wrongly is another matter. */
const cannotTell = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof Problem && (error.status >= 500 || SAYS_NOTHING.has(error.status)));

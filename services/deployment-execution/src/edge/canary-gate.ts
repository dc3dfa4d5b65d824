import { type Asked, ProblemException } from '@slipway/edge';
import { isRejection } from '@slipway/event-sourcing';
import type { Orders, Service } from '@slipway/service';
import { deploymentView } from '../read/deployment.view.ts';
import { type Seen, seen, settling, starting } from './deployment-orders.ts';
import { requesting } from './deployments.requests.ts';
import type { Canary } from './flagger.ts';
import { folded } from './folded.ts';

/** Go on, or wait and why. */
export type Gate = Readonly<{ open: true } | { open: false; because: string }>;

const OPEN: Gate = { open: true };
const closed = (because: string): Gate => ({ open: false, because });

/** A canary of Flagger as a deployment that asks before it goes: it is requested with its first question. */
export class CanaryGate {
  constructor(
    private readonly service: Service,
    private readonly canary: Canary,
  ) {}

  /** The deployment of this revision; none when it was never asked for. */
  async deployment(): Promise<Seen | undefined> {
    const stream = (await this.asked('request')).newStream('deployment');
    const { view } = await folded(this.service.store, stream, deploymentView);
    return view && seen(this.service, stream.slice('deployment-'.length));
  }

  /** May it begin? It is started with the answer, so that nothing else runs there meanwhile. */
  async mayBegin(): Promise<Gate> {
    const deployment = (await this.deployment()) ?? (await this.request());
    const { state } = deployment.view;
    if (state === 'Running' || state === 'Verifying' || state === 'Succeeded') return OPEN;
    if (state !== 'Queued' && state !== 'Waiting') return closed(`the deployment is ${state}`);
    const answer = await this.decision(deployment);
    if (!answer.open) return answer;
    const refusal = await this.tell(`start ${deployment.view.decision?.decisionId}`, starting(deployment));
    return refusal === undefined ? OPEN : closed(refusal);
  }

  /** May it go on? Whoever asks before more traffic, or before promotion, gets a fresh decision. */
  async mayGoOn(): Promise<Gate> {
    const deployment = await this.deployment();
    if (!deployment) return closed('it never asked whether it may begin');
    if (deployment.view.state !== 'Running') return closed(`the deployment is ${deployment.view.state}`);
    return this.decision(deployment);
  }

  /** Whether it still may run, as far as anybody has asked. */
  async isRunning(): Promise<Gate> {
    const deployment = await this.deployment();
    if (!deployment) return closed('it never asked whether it may begin');
    const { state, decision } = deployment.view;
    if (state !== 'Running') return closed(`the deployment is ${state}`);
    return decision?.verdict === 'deny' ? closed(decision.reasons.join('; ')) : OPEN;
  }

  /** Must it go back? When it was rolled back here, has failed, or was denied in the middle. */
  async mustGoBack(): Promise<Gate> {
    const deployment = await this.deployment();
    if (!deployment) return closed('there is no such deployment');
    const { state, decision } = deployment.view;
    const isUndone = ['RollingBack', 'RolledBack', 'Failed'].includes(state);
    return isUndone || decision?.verdict === 'deny' ? OPEN : closed(`the deployment is ${state}`);
  }

  /** It serves users. */
  async tookTraffic(): Promise<void> {
    const deployment = await this.deployment();
    if (deployment?.view.state !== 'Running' || deployment.view.tookTraffic) return;
    await this.tell('traffic', { stream: deployment.stream, command: { type: 'TakeTraffic', data: {} } });
  }

  /** Flagger has come to its end. True: it was a deployment of ours that ran. */
  async ended(phase: string): Promise<boolean> {
    const deployment = await this.deployment();
    if (!deployment?.view.startedAt) return false;
    if (phase === 'Succeeded') await this.succeeded(deployment);
    else if (phase === 'Failed') await this.failed(deployment);
    return true;
  }

  private async succeeded({ stream }: Seen): Promise<void> {
    await this.tell('traffic in whole', { stream, command: { type: 'TakeTraffic', data: { percent: 100 } } });
    await this.tell('finish', { stream, command: { type: 'FinishDeployment', data: {} } });
    const finished = await this.deployment();
    if (finished?.view.state !== 'Verifying') return;
    const data = { outcome: 'passed', checks: ['Flagger analysis'], reason: '' };
    await this.tell('verify', settling(finished, { type: 'VerifyDeployment', data }, true));
  }

  /** Flagger has led the traffic back to what ran before, which is what is live. */
  private async failed(deployment: Seen): Promise<void> {
    if (deployment.view.state !== 'Running') return;
    const reason = await this.service.seal(deployment.stream, 'Flagger reported that its analysis failed.');
    await this.tell('fail', settling(deployment, { type: 'FailDeployment', data: { reason } }, false));
  }

  private async request(): Promise<Seen> {
    const { service, environment, digests, version, release, change } = this.canary;
    const dto = {
      service,
      environment,
      ...(digests.length > 0 && { digests }),
      ...(version !== undefined && { version }),
      ...(release !== undefined && { release }),
      ...(change !== undefined && { change }),
    };
    const asked = await this.asked('request');
    const refusal = await this.attempt(asked, await requesting(this.service, asked, dto));
    const deployment = await this.deployment();
    if (deployment) return deployment;
    throw new ProblemException({ status: 403, code: 'gate-closed', detail: refusal ?? 'It could not be requested.' });
  }

  /** The decision as it is; one that does not allow now is asked for again, once for each answer. */
  private async decision({ stream, view }: Seen): Promise<Gate> {
    const { decision } = view;
    if (!decision) return closed('the decision has not been taken yet');
    const isFresh = decision.validUntil !== undefined && decision.validUntil >= new Date().toISOString();
    if (decision.verdict === 'allow' && isFresh) return OPEN;
    await this.tell(`ask ${decision.decisionId}`, { stream, command: { type: 'AskForDecision', data: {} } });
    return closed(decision.verdict === 'deny' ? decision.reasons.join('; ') : 'a fresh decision is asked for');
  }

  private async tell(what: string, orders: Orders): Promise<string | undefined> {
    return this.attempt(await this.asked(what), orders);
  }

  private async attempt(asked: Asked, orders: Orders): Promise<string | undefined> {
    const outcome = await this.service.attempt(asked, orders);
    return isRejection(outcome) ? `${outcome.rejected}: ${outcome.reason}` : undefined;
  }

  /** The same for the same revision and the same word of it. */
  private asked(what: string): Promise<Asked> {
    const { namespace, name, checksum, deployer } = this.canary;
    return this.service.askedBy({
      alias: `flagger:${deployer}`,
      source: 'flagger',
      key: `${namespace}/${name} ${checksum} ${what}`,
    });
  }
}

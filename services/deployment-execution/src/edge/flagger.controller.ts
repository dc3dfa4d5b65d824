import { Controller, Param, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { notFound, ProblemException, Public, type RawBody, readJson, Refuses, TakesMessage } from '@slipway/edge';
import { Service } from '@slipway/service';
import type { Request } from 'express';
import { CanaryGate, type Gate } from './canary-gate.ts';
import { type Canary, canaryIn, type Hook, HOOKS, isFromFlagger, reportOf } from './flagger.ts';
import { sentBy, unauthenticated, WebhookIntake } from './webhook-intake.ts';
import { bytesOf } from './webhooks.controller.ts';
import { GateAnswerDto } from './webhooks.dto.ts';

type Answered = Readonly<{ outcome: 'go' | 'stored' | 'unused' | 'unreadable' }>;

/** A gate of Flagger: it goes on at 200, and waits and asks again at anything else. */
@Controller('v1/deployments/hooks/flagger')
@ApiTags('webhooks')
export class FlaggerController {
  constructor(
    private readonly service: Service,
    private readonly intake: WebhookIntake,
  ) {}

  @Post(':hook')
  @Public()
  @ApiOperation({
    summary:
      'Flagger: asks whether a canary may begin, go on or must go back, and tells how it ended. 403 `gate-closed`: wait',
  })
  @TakesMessage(200, GateAnswerDto)
  @Refuses(403)
  async hook(@Param('hook') hook: string, @Req() request: Request & RawBody): Promise<Answered> {
    const bytes = bytesOf(request);
    const json = readJson(bytes);
    const canary = 'value' in json ? canaryIn(json.value) : undefined;
    if (!canary || !isFromFlagger(process.env['FLAGGER_WEBHOOK_TOKEN'] ?? '', canary))
      throw unauthenticated('`metadata.token` is not the token of Flagger.');
    if (!isHook(hook)) throw notFound(`Flagger has no hook ${hook}.`);
    const gate = new CanaryGate(this.service, canary);
    if (hook !== 'event' && hook !== 'post-rollout') return answered(await asking(gate, hook));
    if (await gate.ended(canary.phase)) return { outcome: 'stored' };
    // It went without asking.
    const sent = sentBy('flagger', withoutToken(bytes, canary), request);
    const { outcome } = await this.intake.take(sent, reportOf(canary, new Date().toISOString()));
    return { outcome };
  }
}

const isHook = (hook: string): hook is Hook => (HOOKS as readonly string[]).includes(hook);

const asking = async (gate: CanaryGate, hook: Exclude<Hook, 'event' | 'post-rollout'>): Promise<Gate> => {
  switch (hook) {
    case 'confirm-rollout':
      return gate.mayBegin();
    case 'confirm-traffic-increase':
    case 'confirm-promotion':
      return gate.mayGoOn();
    case 'pre-rollout':
      return gate.isRunning();
    case 'rollout':
      await gate.tookTraffic();
      return gate.isRunning();
    case 'rollback':
      return gate.mustGoBack();
  }
};

const answered = (gate: Gate): Answered => {
  if (gate.open) return { outcome: 'go' };
  throw new ProblemException({ status: 403, code: 'gate-closed', detail: `Wait: ${gate.because}.` });
};

/** What is kept of a message must not hold a secret. */
const withoutToken = (bytes: Buffer, { token }: Canary): Buffer =>
  Buffer.from(bytes.toString().replaceAll(token, '***'));

import { Controller, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public, type RawBody, readJson, TakesMessage } from '@slipway/edge';
import type { Request } from 'express';
import { isFromArgoCd, readArgoCd } from './argocd.ts';
import { isFromGitHub, readGitHub } from './github.ts';
import { isFromGitLab, readGitLab } from './gitlab.ts';
import type { Read } from './tool-message.ts';
import { AcceptedDto } from './webhooks.dto.ts';
import { type Accepted, sentBy, unauthenticated, WebhookIntake } from './webhook-intake.ts';

/** Messages of tools that deploy by themselves. */
@Controller('v1/deployments/hooks')
@ApiTags('webhooks')
export class WebhooksController {
  constructor(private readonly intake: WebhookIntake) {}

  @Post('github')
  @Public()
  @TakesMessage(202, AcceptedDto)
  @ApiOperation({
    summary: 'GitHub: `deployment`, `deployment_status` and `workflow_run`, signed with X-Hub-Signature-256',
  })
  async github(@Req() request: Request & RawBody): Promise<Accepted> {
    const bytes = bytesOf(request);
    const secret = process.env['GITHUB_WEBHOOK_SECRET'] ?? '';
    if (!isFromGitHub(bytes, secret, request.get('x-hub-signature-256')))
      throw unauthenticated('X-Hub-Signature-256 is not the HMAC-SHA256 of this body.');
    const read = readWith(bytes, body => readGitHub(request.get('x-github-event') ?? 'none', body));
    return this.intake.take(sentBy('github', bytes, request, request.get('x-github-delivery')), read);
  }

  @Post('gitlab')
  @Public()
  @TakesMessage(202, AcceptedDto)
  @ApiOperation({ summary: 'GitLab: deployment and pipeline events, with the secret in X-Gitlab-Token' })
  async gitlab(@Req() request: Request & RawBody): Promise<Accepted> {
    const bytes = bytesOf(request);
    if (!isFromGitLab(process.env['GITLAB_WEBHOOK_TOKEN'] ?? '', request.get('x-gitlab-token')))
      throw unauthenticated('X-Gitlab-Token is not the token.');
    return this.intake.take(sentBy('gitlab', bytes, request), readWith(bytes, readGitLab));
  }

  @Post('argocd')
  @Public()
  @TakesMessage(202, AcceptedDto)
  @ApiOperation({ summary: 'Argo CD notifications: the application as JSON, with the token as a bearer' })
  async argocd(@Req() request: Request & RawBody): Promise<Accepted> {
    const bytes = bytesOf(request);
    if (!isFromArgoCd(process.env['ARGOCD_WEBHOOK_TOKEN'] ?? '', request.get('authorization')))
      throw unauthenticated('The bearer token is not the one of Argo CD.');
    return this.intake.take(sentBy('argocd', bytes, request), readWith(bytes, readArgoCd));
  }
}

export const bytesOf = ({ rawBody }: RawBody): Buffer => rawBody ?? Buffer.alloc(0);

/** Bytes that are no JSON are a problem like any other. */
export const readWith = (bytes: Buffer, read: (body: unknown) => Read): Read => {
  const json = readJson(bytes);
  return 'problem' in json ? { problem: json.problem.code } : read(json.value);
};

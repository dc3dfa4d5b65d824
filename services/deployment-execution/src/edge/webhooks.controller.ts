import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { derivedId, sha256 } from '@slipway/canonical';
import { ProblemException, Public, type RawBody, readJson, Refused } from '@slipway/edge';
import { isRejection } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import { count, metricNames } from '@slipway/telemetry';
import type { Request } from 'express';
import { isUtf8 } from 'node:buffer';
import type { PipelineRunCommand } from '../domain/pipeline-run.ts';
import { repositoryOf } from '../domain/repository.ts';
import { isFromGitHub, readGitHub } from './github.ts';
import { gitLabIdentity, isFromGitLab, readGitLab } from './gitlab.ts';
import type { Read, RunReport } from './tool-message.ts';

type Tool = 'github' | 'gitlab';
type Sent = Readonly<{ tool: Tool; bytes: Buffer; deliveryId: string; traceparent?: string }>;
export type Accepted = Readonly<{ outcome: 'stored' | 'unreadable' | 'unused'; runId?: string }>;

/** Messages of tools that deploy by themselves. Answered as soon as the fact is stored; the same message again is harmless. */
@Controller('v1/deployments/hooks')
@ApiTags('webhooks')
export class WebhooksController {
  constructor(private readonly service: Service) {}

  @Post('github')
  @Public()
  @HttpCode(202)
  @ApiOperation({ summary: 'GitHub: `deployment` and `deployment_status`, signed with X-Hub-Signature-256' })
  async github(@Req() request: Request & RawBody): Promise<Accepted> {
    const bytes = request.rawBody ?? Buffer.alloc(0);
    const secret = process.env['GITHUB_WEBHOOK_SECRET'] ?? '';
    if (!isFromGitHub(bytes, secret, request.get('x-hub-signature-256')))
      throw unauthenticated('X-Hub-Signature-256 is not the HMAC-SHA256 of this body.');
    const json = readJson(bytes);
    const read =
      'problem' in json
        ? { problem: json.problem.code }
        : readGitHub(request.get('x-github-event') ?? 'none', json.value);
    return this.take(sentBy('github', bytes, request.get('x-github-delivery'), request), read);
  }

  @Post('gitlab')
  @Public()
  @HttpCode(202)
  @ApiOperation({ summary: 'GitLab: deployment events, with the secret in X-Gitlab-Token' })
  async gitlab(@Req() request: Request & RawBody): Promise<Accepted> {
    const bytes = request.rawBody ?? Buffer.alloc(0);
    if (!isFromGitLab(process.env['GITLAB_WEBHOOK_TOKEN'] ?? '', request.get('x-gitlab-token')))
      throw unauthenticated('X-Gitlab-Token is not the token.');
    const json = readJson(bytes);
    const read: Read = 'problem' in json ? { problem: json.problem.code } : readGitLab(json.value);
    return this.take(
      sentBy('gitlab', bytes, 'report' in read ? gitLabIdentity(read.report) : undefined, request),
      read,
    );
  }

  private async take(sent: Sent, read: Read): Promise<Accepted> {
    if ('report' in read) return this.report(sent, read.report);
    if ('problem' in read) return this.keep(sent, read.problem);
    count(metricNames.webhooksUnused, 1, { tool: sent.tool, kind: read.unused });
    return { outcome: 'unused' };
  }

  private async report({ tool, bytes, deliveryId, traceparent }: Sent, report: RunReport): Promise<Accepted> {
    const { occurredAt, startedBy, ...run } = report;
    const { host = '', path } = repositoryOf(run.repository);
    const runId = derivedId('pipelineRun', tool, host, path, run.externalId);
    const [account = ''] = await this.service.pseudonyms([startedBy]);
    const payload = await this.service.seal(`pipelineRun-${runId}`, textOf(bytes));
    const command: PipelineRunCommand = {
      type: 'ReportPipelineRun',
      data: { tool, deliveryId, ...run, startedBy: account, payload },
    };
    const asked = await this.service.askedBy({
      alias: startedBy,
      source: tool,
      key: deliveryId,
      occurredAt,
      ...(traceparent && { traceparent }),
    });
    return this.store(asked, runId, command, 'stored');
  }

  /** It came from the tool, so a person is to see it. */
  private async keep({ tool, bytes, deliveryId, traceparent }: Sent, problem: string): Promise<Accepted> {
    const runId = derivedId('unreadable', tool, deliveryId);
    const payload = await this.service.seal(`pipelineRun-${runId}`, textOf(bytes));
    const command: PipelineRunCommand = { type: 'KeepUnreadable', data: { tool, deliveryId, problem, payload } };
    const asked = await this.service.askedBy({
      alias: `${tool}:webhook`,
      source: tool,
      key: deliveryId,
      ...(traceparent && { traceparent }),
    });
    return this.store(asked, runId, command, 'unreadable');
  }

  private async store(
    asked: Awaited<ReturnType<Service['askedBy']>>,
    runId: string,
    command: PipelineRunCommand,
    outcome: Accepted['outcome'],
  ): Promise<Accepted> {
    const done = await this.service.attempt(asked, { stream: `pipelineRun-${runId}`, command, creates: true });
    if (isRejection(done)) throw new Refused(done);
    return { outcome, runId };
  }
}

const sentBy = (tool: Tool, bytes: Buffer, deliveryId: string | undefined, request: Request): Sent => {
  const traceparent = request.get('traceparent');
  // Without an id of the tool's own, the same bytes are the same message.
  return {
    tool,
    bytes,
    deliveryId: deliveryId && VISIBLE.test(deliveryId) ? deliveryId : sha256(bytes),
    ...(traceparent && { traceparent }),
  };
};

const VISIBLE = /^[\x20-\x7e]{1,600}$/;
const KEPT_BYTES = 120_000;

/** What is kept of a message: an event holds 256 KiB. Bytes that are not text are written in base64. */
const textOf = (bytes: Buffer): string => {
  const kept = bytes.subarray(0, KEPT_BYTES);
  if (isUtf8(bytes)) return kept.toString('utf8');
  return `base64:${kept.toString('base64')}`;
};

const unauthenticated = (detail: string): ProblemException =>
  new ProblemException({ status: 401, code: 'unauthenticated', detail });

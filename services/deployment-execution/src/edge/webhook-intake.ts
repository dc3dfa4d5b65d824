import { Injectable } from '@nestjs/common';
import { derivedId, sha256 } from '@slipway/canonical';
import type { Tool } from '@slipway/contracts';
import { ProblemException, Refused } from '@slipway/edge';
import { isRejection } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import { count, metricNames } from '@slipway/telemetry';
import type { Request } from 'express';
import { isUtf8 } from 'node:buffer';
import type { PipelineRunCommand } from '../domain/pipeline-run.ts';
import { repositoryOf } from '../domain/repository.ts';
import { environments } from '../read/known.query.ts';
import { identityOf, type Read, type RunReport } from './tool-message.ts';

/** `deliveryId`: the tool's own id of the message. */
export type Sent = Readonly<{ tool: Tool; bytes: Buffer; deliveryId?: string; traceparent?: string }>;
export type Accepted = Readonly<{ outcome: 'stored' | 'unreadable' | 'unused'; runId?: string }>;

/** Stores what tools that deploy by themselves say. Answered as soon as the fact is stored; the same again is harmless. */
@Injectable()
export class WebhookIntake {
  constructor(private readonly service: Service) {}

  async take(sent: Sent, read: Read): Promise<Accepted> {
    if ('problem' in read) return this.keep(sent, read.problem);
    if ('unused' in read) return unused(sent, read.unused);
    const { reports, unlessUnknown } = read;
    const used = unlessUnknown === undefined ? reports : await this.known(reports);
    if (used.length === 0) return unused(sent, unlessUnknown ?? 'nothing');
    const stored: Accepted[] = [];
    for (const report of used) stored.push(await this.report(sent, report));
    return stored[0] ?? unused(sent, 'nothing');
  }

  private async known(reports: readonly RunReport[]): Promise<readonly RunReport[]> {
    const named = await environments(this.service.dataSource);
    const aliases = new Set(named.flatMap(each => each.aliases.map(alias => alias.toLowerCase())));
    return reports.filter(({ environmentAlias }) => aliases.has(environmentAlias.toLowerCase()));
  }

  private async report({ tool, bytes, traceparent, ...sent }: Sent, report: RunReport): Promise<Accepted> {
    const { occurredAt, startedBy, ...run } = report;
    const deliveryId = sent.deliveryId ?? identityOf(report);
    const { host = '', path } = repositoryOf(run.repository);
    // What names another environment or commit is another run: so it does not matter which comes first.
    const runId = derivedId('pipelineRun', tool, host, path, run.externalId, run.environmentAlias, run.commit);
    const [account = ''] = await this.service.pseudonyms([startedBy]);
    const payload = await this.service.seal(`pipelineRun-${runId}`, textOf(bytes));
    const command: PipelineRunCommand = {
      type: 'ReportPipelineRun',
      data: { tool, deliveryId, ...run, startedBy: account, payload },
    };
    // A message may tell of several runs: the key is of one of them.
    const caller = { alias: startedBy, source: tool, key: `${deliveryId} ${runId}`, occurredAt };
    return this.store({ ...caller, ...(traceparent && { traceparent }) }, runId, command, 'stored');
  }

  /** It came from the tool, so a person is to see it. */
  private async keep({ tool, bytes, traceparent, ...sent }: Sent, problem: string): Promise<Accepted> {
    const deliveryId = sent.deliveryId ?? sha256(bytes);
    const runId = derivedId('unreadable', tool, deliveryId);
    const payload = await this.service.seal(`pipelineRun-${runId}`, textOf(bytes));
    const command: PipelineRunCommand = { type: 'KeepUnreadable', data: { tool, deliveryId, problem, payload } };
    const caller = { alias: `${tool}:webhook`, source: tool, key: deliveryId };
    return this.store({ ...caller, ...(traceparent && { traceparent }) }, runId, command, 'unreadable');
  }

  private async store(
    caller: Parameters<Service['askedBy']>[0],
    runId: string,
    command: PipelineRunCommand,
    outcome: Accepted['outcome'],
  ): Promise<Accepted> {
    const asked = await this.service.askedBy(caller);
    const done = await this.service.attempt(asked, { stream: `pipelineRun-${runId}`, command, creates: true });
    if (isRejection(done)) throw new Refused(done);
    return { outcome, runId };
  }
}

/** The bytes of a message, and the tool's own id of it where it has a good one. */
export const sentBy = (tool: Tool, bytes: Buffer, request: Request, deliveryId?: string): Sent => {
  const traceparent = request.get('traceparent');
  return {
    tool,
    bytes,
    ...(deliveryId !== undefined && VISIBLE.test(deliveryId) && { deliveryId }),
    ...(traceparent && { traceparent }),
  };
};

const unused = ({ tool }: Sent, kind: string): Accepted => {
  count(metricNames.webhooksUnused, 1, { tool, kind });
  return { outcome: 'unused' };
};

const VISIBLE = /^[\x20-\x7e]{1,600}$/;
const KEPT_BYTES = 120_000;

/** What is kept of a message: an event holds 256 KiB. Bytes that are not text are written in base64. */
const textOf = (bytes: Buffer): string => {
  const kept = bytes.subarray(0, KEPT_BYTES);
  if (isUtf8(bytes)) return kept.toString('utf8');
  return `base64:${kept.toString('base64')}`;
};

export const unauthenticated = (detail: string): ProblemException =>
  new ProblemException({ status: 401, code: 'unauthenticated', detail });

import { Controller, Headers, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { derivedId, sha256 } from '@slipway/canonical';
import {
  hmacMatches,
  ProblemException,
  Public,
  type RawBody,
  readJson,
  Refused,
  sameSecret,
  TakesMessage,
} from '@slipway/edge';
import { isRejection } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import { count, metricNames } from '@slipway/telemetry';
import type { Request } from 'express';
import type { AlertCommand } from '../domain/alert.ts';
import { readAlertmanager } from './alertmanager.ts';
import { readPagerDuty } from './pagerduty.ts';
import { TakenDto } from './hooks.dto.ts';
import type { ReadAlert, Reading, Tool } from './reported-alert.ts';

type Message = Request & RawBody;

/** Answered 202 once the facts are stored; a repetition has no further effect. */
@Controller('v1/incidents/hooks')
@ApiTags('webhooks')
@Public()
export class HooksController {
  constructor(private readonly service: Service) {}

  /** Alertmanager sends the bearer token of `ALERTMANAGER_WEBHOOK_TOKEN`. */
  @Post('alertmanager')
  @TakesMessage(202, TakenDto)
  @ApiOperation({ summary: 'Alerts of Alertmanager (webhook version 4), authenticated by a bearer token' })
  alertmanager(@Req() { rawBody }: Message, @Headers('authorization') authorization = ''): Promise<TakenDto> {
    const [scheme, token = ''] = authorization.split(' ');
    const known = sameSecret(process.env['ALERTMANAGER_WEBHOOK_TOKEN'] ?? '', token);
    if (scheme?.toLowerCase() !== 'bearer' || !known) throw unauthenticated('Send the bearer token of this webhook.');
    return this.take('alertmanager', rawBody, readAlertmanager);
  }

  /** PagerDuty signs the bytes with `PAGERDUTY_WEBHOOK_SECRET`; while a secret is exchanged it sends several signatures. */
  @Post('pagerduty')
  @TakesMessage(202, TakenDto)
  @ApiOperation({ summary: 'Incidents of PagerDuty (webhook version 3), authenticated by X-PagerDuty-Signature' })
  pagerDuty(@Req() { rawBody }: Message, @Headers('x-pagerduty-signature') signatures = ''): Promise<TakenDto> {
    if (!isSigned(rawBody, signatures)) throw unauthenticated('X-PagerDuty-Signature does not match the body.');
    return this.take('pagerduty', rawBody, body => [readPagerDuty(body)]);
  }

  private async take(
    tool: Tool,
    bytes: Uint8Array = new Uint8Array(),
    read: (body: unknown) => readonly Reading[],
  ): Promise<TakenDto> {
    const json = readJson(bytes);
    const text = Buffer.from(bytes).toString();
    const readings = 'problem' in json ? [{ problem: json.problem.detail, payload: text }] : read(json.value);
    const taken = { accepted: 0, unreadable: 0, unused: 0 };
    for (const each of readings) {
      if ('facts' in each) {
        await this.report(each);
        taken.accepted += 1;
      } else if ('problem' in each) {
        await this.keep(tool, each.problem, payloadOf(each.payload));
        taken.unreadable += 1;
      } else {
        count(metricNames.webhooksUnused, 1, { tool, kind: each.unused.slice(0, 100) });
        taken.unused += 1;
      }
    }
    return taken;
  }

  private async report({ facts, key, occurredAt, payload }: ReadAlert): Promise<void> {
    const stream = `alert-${derivedId('alert', facts.tool, facts.fingerprint, facts.startsAt)}`;
    const sealed = await this.service.seal(stream, payloadOf(payload));
    await this.tell(stream, facts.tool, key, { type: 'ReportAlert', data: { ...facts, payload: sealed } }, occurredAt);
  }

  private async keep(tool: Tool, problem: string, payload: string): Promise<void> {
    const key = sha256(payload);
    const stream = `alert-${derivedId('alert', tool, 'unreadable', key)}`;
    const sealed = await this.service.seal(stream, payload);
    await this.tell(stream, tool, key, { type: 'KeepUnreadable', data: { tool, problem, payload: sealed } });
  }

  private async tell(
    stream: string,
    tool: Tool,
    key: string,
    command: AlertCommand,
    occurredAt?: string,
  ): Promise<void> {
    const when = occurredAt === undefined ? {} : { occurredAt: notInFuture(occurredAt) };
    const asked = await this.service.askedBy({ alias: `${tool}:webhook`, source: tool, key, ...when });
    const outcome = await this.service.attempt(asked, { stream, command, creates: true });
    if (isRejection(outcome)) throw new Refused(outcome);
  }
}

const isSigned = (bytes: Uint8Array | undefined, signatures: string): boolean => {
  const secret = process.env['PAGERDUTY_WEBHOOK_SECRET'] ?? '';
  return signatures
    .split(',')
    .map(each => each.trim())
    .filter(each => each.startsWith('v1='))
    .some(each => hmacMatches(bytes ?? new Uint8Array(), secret, each.slice('v1='.length)));
};

const unauthenticated = (detail: string): ProblemException =>
  new ProblemException({ status: 401, code: 'unauthenticated', detail });

/** The clock of a tool may run ahead of ours. */
const notInFuture = (occurredAt: string): string => {
  const now = new Date().toISOString();
  return occurredAt < now ? occurredAt : now;
};

// Sealed it must fit into an event; what is longer is cut.
const MOST_BYTES = 120_000;

const payloadOf = (payload: unknown): string => {
  const text = typeof payload === 'string' ? payload : (JSON.stringify(payload) ?? 'null');
  const bytes = Buffer.from(text);
  return bytes.length <= MOST_BYTES ? text : `${bytes.subarray(0, MOST_BYTES).toString()}…`;
};

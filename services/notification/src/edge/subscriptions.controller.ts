import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { derivedId } from '@slipway/canonical';
import type { SubscriptionChannel } from '@slipway/contracts';
import {
  Answer,
  Answers,
  type Asked,
  AskedBy,
  invalidFields,
  type Listing,
  Lists,
  NothingDto,
  Permission,
} from '@slipway/edge';
import { idOf } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import { secretNamed } from '../delivery/secrets.ts';
import type { SubscriptionCommand } from '../domain/subscription-commands.ts';
import { subscriptions } from '../read/subscription-list.query.ts';
import { subscriptionRecord, type SubscriptionView } from '../read/subscription.view.ts';
import { standingOf } from '../read/standing.query.ts';
import { settingsIn } from '../settings.ts';
import { cutTo, filterOf, idsOf, mailChannelOf, receiverAt, refuseMailWithin } from './references.ts';
import { SubscriptionDto, SubscriptionRowDto } from './subscriptions.answers.dto.ts';
import {
  ChangeEmailDto,
  ChangeFilterDto,
  ChangeWebhookDto,
  CreateSubscriptionDto,
  ListSubscriptionsQuery,
  RotateSecretDto,
  SubscriptionReasonDto,
} from './subscriptions.dto.ts';

const HOUR_MS = 3_600_000;

const sendsMail = (): boolean => Boolean(process.env['SMTP_URL']);

/** Who is told of which events, and where. */
@Controller('v1/subscriptions')
@ApiTags('subscriptions')
export class SubscriptionsController {
  private readonly settings = settingsIn(process.env);

  constructor(private readonly service: Service) {}

  @Post()
  @Permission('subscriptions:write')
  @ApiOperation({
    summary:
      'Subscribes a webhook, or people by mail, to events. The secret of a webhook is in this answer, and in no other',
  })
  @Answers(201, SubscriptionDto)
  async create(@AskedBy() asked: Asked, @Body() dto: CreateSubscriptionDto): Promise<Answer> {
    const stream = asked.newStream('subscription');
    if ((dto.webhook === undefined) === (dto.email === undefined))
      throw invalidFields([{ pointer: '', detail: 'either a webhook or an email must be there' }]);
    if (dto.email) refuseMailWithin(asked);
    const channel = dto.email
      ? await mailChannelOf(this.service, dto.email, sendsMail())
      : await this.webhookAt(stream, dto.webhook?.url ?? '');
    const [owner] = await this.service.pseudonymsOf(dto.owner ? [dto.owner] : []);
    const description = await this.service.seal(stream, dto.description);
    const data = {
      title: dto.title,
      owner: owner ?? asked.stamp.actor,
      ...(description && { description }),
      filter: await filterOf(this.service, dto.filter),
      channel,
      ...cutTo(asked),
    };
    if (dto.email) return this.carryOut(asked, stream, { type: 'CreateSubscription', data });
    return this.withSecret(asked, stream, secretId => ({ type: 'CreateSubscription', data: { ...data, secretId } }));
  }

  @Post(':id/rotate-secret')
  @Permission('subscriptions:write')
  @ApiOperation({ summary: 'Makes another secret, which is in this answer; the one before signs too for a while' })
  @Answers(200, SubscriptionDto)
  async rotate(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: RotateSecretDto): Promise<Answer> {
    const overlapUntil = new Date(Date.now() + (dto.overlapHours ?? 24) * HOUR_MS).toISOString();
    return this.withSecret(asked, await this.streamOf(id), secretId => ({
      type: 'RotateSecret',
      data: { secretId, overlapUntil },
    }));
  }

  @Post(':id/change-filter')
  @Permission('subscriptions:write')
  @ApiOperation({ summary: 'Puts another filter in place of the one before, for events from now on' })
  @Answers(200, SubscriptionDto)
  async changeFilter(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ChangeFilterDto): Promise<Answer> {
    const stream = await this.streamOf(id);
    const { record } = await this.service.record(stream, subscriptionRecord, asked);
    if ((record as unknown as SubscriptionView).channel.kind === 'email') refuseMailWithin(asked);
    return this.carryOut(asked, stream, {
      type: 'ChangeFilter',
      data: { filter: await filterOf(this.service, dto.filter), ...cutTo(asked) },
    });
  }

  @Post(':id/change-webhook')
  @Permission('subscriptions:write')
  @ApiOperation({ summary: 'Moves it to another address; what waits goes there too' })
  @Answers(200, SubscriptionDto)
  async changeWebhook(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() dto: ChangeWebhookDto,
  ): Promise<Answer> {
    const stream = await this.streamOf(id);
    const channel = await this.webhookAt(stream, dto.url);
    return this.carryOut(asked, stream, { type: 'ChangeChannel', data: { channel, ...cutTo(asked) } });
  }

  @Post(':id/change-email')
  @Permission('subscriptions:write')
  @ApiOperation({ summary: 'Puts other people, another template or other hours in place of those before' })
  @Answers(200, SubscriptionDto)
  async changeEmail(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ChangeEmailDto): Promise<Answer> {
    refuseMailWithin(asked);
    const channel = await mailChannelOf(this.service, dto, sendsMail());
    return this.carryOut(asked, await this.streamOf(id), { type: 'ChangeChannel', data: { channel } });
  }

  @Post(':id/pause')
  @Permission('subscriptions:write')
  @ApiOperation({ summary: 'Holds deliveries back: what matches meanwhile waits' })
  @Answers(200, SubscriptionDto)
  pause(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: SubscriptionReasonDto): Promise<Answer> {
    return this.withReason(asked, id, 'PauseSubscription', dto);
  }

  @Post(':id/resume')
  @Permission('subscriptions:write')
  @ApiOperation({ summary: 'Lets deliveries go on, those that waited first' })
  @Answers(200, SubscriptionDto)
  async resume(@AskedBy() asked: Asked, @Param('id') id: string, @Body() _nothing: NothingDto): Promise<Answer> {
    return this.carryOut(asked, await this.streamOf(id), { type: 'ResumeSubscription', data: {} });
  }

  @Post(':id/enable')
  @Permission('subscriptions:write')
  @ApiOperation({
    summary: 'Lets deliveries go on after Slipway disabled it; what it missed meanwhile can be replayed',
  })
  @Answers(200, SubscriptionDto)
  async enable(@AskedBy() asked: Asked, @Param('id') id: string, @Body() _nothing: NothingDto): Promise<Answer> {
    return this.carryOut(asked, await this.streamOf(id), { type: 'EnableSubscription', data: {} });
  }

  @Post(':id/cancel')
  @Permission('subscriptions:write')
  @ApiOperation({ summary: 'Ends it for good; nothing more is delivered' })
  @Answers(200, SubscriptionDto)
  cancel(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: SubscriptionReasonDto): Promise<Answer> {
    return this.withReason(asked, id, 'CancelSubscription', dto);
  }

  @Get(':id')
  @Permission('subscriptions:read')
  @ApiOperation({ summary: 'One subscription, and how its receiver is doing' })
  @Answers(200, SubscriptionDto)
  async one(@AskedBy() asked: Asked, @Param('id') id: string): Promise<Answer> {
    const stream = await this.streamOf(id);
    const { record } = await this.service.record(stream, subscriptionRecord, asked);
    return new Answer({ ...record, standing: await standingOf(this.service.dataSource, idOf(stream)) });
  }

  @Get()
  @Permission('subscriptions:read')
  @ApiOperation({
    summary: 'Subscriptions, the last created first; service and environment are those that a filter names',
  })
  @Lists(SubscriptionRowDto)
  async list(@AskedBy() asked: Asked, @Query() query: ListSubscriptionsQuery): Promise<Listing> {
    const { q, state, ref, label, from, to } = query;
    const [owner] = await this.service.pseudonymsOf(query.owner ? [query.owner] : []);
    const [service] = await idsOf(this.service, 'service', query.service ? [query.service] : []);
    const [environment] = await idsOf(this.service, 'environment', query.environment ? [query.environment] : []);
    const given = Object.entries({ q, state, ref, label, from, to, owner, service, environment });
    const wanted = Object.fromEntries(given.filter(([, value]) => value !== undefined));
    return this.service.listWithin(asked, 'notification.subscriptions', query, page =>
      subscriptions.page(this.service.dataSource, wanted, page),
    );
  }

  private async webhookAt(stream: string, url: string): Promise<SubscriptionChannel> {
    return { kind: 'webhook', url: await this.service.seal(stream, receiverAt(url, this.settings)) };
  }

  private streamOf(id: string): Promise<string> {
    return this.service.streamOf('subscription', id);
  }

  private carryOut(asked: Asked, stream: string, command: SubscriptionCommand): Promise<Answer> {
    return this.service.carryOut(asked, { stream, command }, subscriptionRecord);
  }

  private async withReason(
    asked: Asked,
    id: string,
    type: 'PauseSubscription' | 'CancelSubscription',
    dto: SubscriptionReasonDto,
  ): Promise<Answer> {
    const stream = await this.streamOf(id);
    const reason = await this.service.seal(stream, dto.reason);
    return this.carryOut(asked, stream, { type, data: { ...(reason && { reason }) } });
  }

  /** The secret is there before the event that says so: what signs is never missing. It is shown once the event is. */
  private async withSecret(
    asked: Asked,
    stream: string,
    command: (secretId: string) => SubscriptionCommand,
  ): Promise<Answer> {
    const secretId = derivedId('secret', asked.key);
    if (!asked.isNew(stream)) await this.service.record(stream, subscriptionRecord, asked);
    const secret = await secretNamed(this.service, idOf(stream), secretId);
    const { record, event, replayed } = await this.carryOut(asked, stream, command(secretId));
    return new Answer({ ...record, secret }, event, replayed);
  }
}

import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type Answer,
  Answers,
  type Asked,
  AskedBy,
  invalidFields,
  type Listing,
  Lists,
  notFound,
  NothingDto,
  Permission,
} from '@slipway/edge';
import { positionAt } from '@slipway/event-store';
import { idOf } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import { attemptsOf, deliveryExists, listDeliveries } from '../read/deliveries.query.ts';
import { subscriptionRecord } from '../read/subscription.view.ts';
import {
  DeliveryAttemptDto,
  DeliveryRowDto,
  ListAttemptsQuery,
  ListDeliveriesQuery,
  SubscriptionDto,
} from './subscriptions.answers.dto.ts';
import { ReplaySubscriptionDto } from './subscriptions.dto.ts';

const DELIVERIES = 'notification.deliveries';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const WAIT_MS = 5_000;

/** What subscribers were told, and how that went. */
@Controller('v1/subscriptions/:id')
@ApiTags('subscriptions')
export class DeliveriesController {
  constructor(private readonly service: Service) {}

  @Get('deliveries')
  @Permission('subscriptions:read')
  @ApiOperation({ summary: 'Events that it is told of, the last first; `state=failed` is the list of failures' })
  @Lists(DeliveryRowDto)
  async list(@AskedBy() asked: Asked, @Param('id') id: string, @Query() query: ListDeliveriesQuery): Promise<Listing> {
    const subscription = await this.known(asked, id);
    const { state, from, to } = query;
    return this.service.list(DELIVERIES, query, page =>
      listDeliveries(
        this.service.dataSource,
        { subscription, state, from, to, isTried: !asked.access.isEverywhere },
        page,
      ),
    );
  }

  @Get('deliveries/:delivery/attempts')
  @Permission('subscriptions:read')
  @ApiOperation({ summary: 'Every attempt at one delivery, the first first: when, for how long, what was answered' })
  @Lists(DeliveryAttemptDto)
  async attempts(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Param('delivery') delivery: string,
    @Query() query: ListAttemptsQuery,
  ): Promise<Listing> {
    await this.delivery(await this.known(asked, id), delivery);
    return this.service.list(DELIVERIES, query, page => attemptsOf(this.service.dataSource, delivery, page));
  }

  @Post('deliveries/:delivery/redeliver')
  @Permission('subscriptions:write')
  @ApiOperation({ summary: 'Delivers it once more, whatever became of it, under the same `webhook-id`' })
  @Answers(200, SubscriptionDto)
  async redeliver(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Param('delivery') delivery: string,
    @Body() _nothing: NothingDto,
  ): Promise<Answer> {
    const subscription = await this.known(asked, id);
    await this.delivery(subscription, delivery);
    const command = { type: 'RequestRedelivery', data: { deliveryId: delivery } };
    return this.service.carryOut(asked, { stream: `subscription-${subscription}`, command }, subscriptionRecord);
  }

  @Post('replay')
  @Permission('subscriptions:write')
  @ApiOperation({
    summary: 'Delivers again what its filter matches after an instant or a position, under the same ids',
  })
  @Answers(200, SubscriptionDto)
  async replay(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ReplaySubscriptionDto): Promise<Answer> {
    if ((dto.after === undefined) === (dto.afterPosition === undefined))
      throw invalidFields([{ pointer: '', detail: 'either after or afterPosition must be there' }]);
    const stream = `subscription-${await this.known(asked, id)}`;
    const throughPosition = await this.service.store.settledHead(WAIT_MS);
    const afterPosition = dto.afterPosition ?? (await positionAt(this.service.store, dto.after ?? '', throughPosition));
    const command = { type: 'RequestReplay', data: { afterPosition, throughPosition } };
    return this.service.carryOut(asked, { stream, command }, subscriptionRecord);
  }

  @Post('test')
  @Permission('subscriptions:write')
  @ApiOperation({ summary: 'Delivers an event of its own, whatever its filter, to see whether the receiver takes it' })
  @Answers(200, SubscriptionDto)
  async test(@AskedBy() asked: Asked, @Param('id') id: string, @Body() _nothing: NothingDto): Promise<Answer> {
    const stream = await this.service.streamOf('subscription', id);
    return this.service.carryOut(
      asked,
      { stream, command: { type: 'TestSubscription', data: {} } },
      subscriptionRecord,
    );
  }

  /** The id of a subscription that there is. */
  private async known(asked: Asked, idOrNumber: string): Promise<string> {
    const stream = await this.service.streamOf('subscription', idOrNumber);
    await this.service.record(stream, subscriptionRecord, asked);
    return idOf(stream);
  }

  private async delivery(subscription: string, delivery: string): Promise<void> {
    if (UUID.test(delivery) && (await deliveryExists(this.service.dataSource, subscription, delivery))) return;
    throw notFound(`There is no delivery ${delivery} to this subscription.`);
  }
}

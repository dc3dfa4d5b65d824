import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, Listing, Lists, Permission } from '@slipway/edge';
import { idOf } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import { blockersOf, type Needed } from '../read/blockers.ts';
import { releaseRecord } from '../read/release.view.ts';
import { BlockerDto, StateDependencyDto, WithdrawDependencyDto } from './release-dependencies.dto.ts';
import { releaseFor, releaseNow } from './release-now.ts';
import { ReleaseDto } from './releases.answers.dto.ts';

/** Which releases a release waits for, and all else that keeps it from being deployed. */
@Controller('v1/releases')
@ApiTags('releases')
export class ReleaseDependenciesController {
  constructor(private readonly service: Service) {}

  @Post(':id/state-dependency')
  @Permission('releases:write')
  @ApiOperation({ summary: 'States that another release must be at a state before this one may be deployed' })
  @Answers(200, ReleaseDto)
  async state(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: StateDependencyDto): Promise<Answer> {
    const stream = await this.service.streamOf('release', id);
    const releaseId = await this.service.idNamed('release', dto.release);
    const command = { type: 'StateReleaseDependency', data: { releaseId, state: dto.state } };
    return this.service.carryOut(asked, { stream, command }, releaseRecord);
  }

  @Post(':id/withdraw-dependency')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Withdraws it: this release does not wait for that one any more' })
  @Answers(200, ReleaseDto)
  async withdraw(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() dto: WithdrawDependencyDto,
  ): Promise<Answer> {
    const stream = await this.service.streamOf('release', id);
    const releaseId = await this.service.idNamed('release', dto.release);
    const reason = await this.service.seal(stream, dto.reason);
    const command = { type: 'WithdrawReleaseDependency', data: { releaseId, ...(reason && { reason }) } };
    return this.service.carryOut(asked, { stream, command }, releaseRecord);
  }

  @Get(':id/blockers')
  @Permission('releases:read')
  @ApiOperation({
    summary: 'What keeps a release from being deployed; empty when nothing does, as far as planning knows',
  })
  @Lists(BlockerDto)
  async blockers(@AskedBy() asked: Asked, @Param('id') id: string): Promise<Listing> {
    const stream = await this.service.streamOf('release', id);
    const release = await releaseFor(this.service, asked, stream);
    const streams = release.dependencies.map(({ releaseId }) => `release-${releaseId}`);
    const numbers = await this.service.store.numbersOf(streams);
    const found = await Promise.all(streams.map(async each => [each, await releaseNow(this.service, each)] as const));
    const needed = found.flatMap(([each, view]): [string, Needed][] =>
      view ? [[idOf(each), { number: numbers.get(each) ?? idOf(each), view }]] : [],
    );
    return new Listing(blockersOf(release, new Map(needed)), await this.service.store.head());
  }
}

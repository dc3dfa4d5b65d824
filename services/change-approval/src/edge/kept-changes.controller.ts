import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { derivedId } from '@slipway/canonical';
import { Answer, Answers, type Asked, AskedBy, Permission, Refused } from '@slipway/edge';
import type { Done } from '@slipway/event-store';
import { isRejection } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import { changeRecord } from '../read/change.view.ts';
import { ChangeDto, KeptChangeDto } from './changes.answers.dto.ts';
import { ChangeRefParams, KeepChangeDto } from './kept-changes.dto.ts';
import { ownProposal } from './own-content.ts';
import { sealedPlans } from './plans.ts';

/** Changes that a pipeline or a tool keeps in step, by the reference that it knows them by. */
@Controller('v1/changes/by-ref/:system/:key')
@ApiTags('changes')
export class KeptChangesController {
  constructor(private readonly service: Service) {}

  @Put()
  @Permission('changes:write')
  @ApiOperation({
    summary: 'Makes the change what is said: raises it, or revises what differs. Any number of times is once',
  })
  @Answers(200, KeptChangeDto)
  async keep(
    @AskedBy() asked: Asked,
    @Param() { system, key }: ChangeRefParams,
    @Body() { title, model, content, plans, url, externalRefs }: KeepChangeDto,
  ): Promise<Answer> {
    const stream = streamOf({ system, key });
    const data = {
      title,
      model,
      requester: asked.stamp.actor,
      proposal: await ownProposal(this.service, content, plans),
      plans: await sealedPlans(this.service, stream, plans),
      ref: { system, key, ...(url && { url }) },
      ...(externalRefs && { externalRefs }),
    };
    const orders = { stream, command: { type: 'KeepChange', data }, creates: true };
    const done = await this.service.attempt(asked, orders);
    if (isRejection(done)) throw new Refused(done);
    const { record, event, replayed } = await this.service.answer(done, changeRecord);
    return new Answer({ ...record, done: doneIn(done, asked) }, event, replayed);
  }

  @Get()
  @Permission('changes:read')
  @ApiOperation({ summary: 'The change that is kept in step under this reference' })
  @Answers(200, ChangeDto)
  one(@AskedBy() asked: Asked, @Param() ref: ChangeRefParams): Promise<Answer> {
    return this.service.record(streamOf(ref), changeRecord, asked);
  }
}

/** The same reference is the same change, whoever comes first. */
const streamOf = ({ system, key }: ChangeRefParams): string => `change-${derivedId('change-by-ref', system, key)}`;

const WORDS: Readonly<Record<string, string>> = {
  ChangeRaised: 'raised',
  ChangeRevised: 'revised',
  ChangeMoved: 'moved',
  ChangePlanned: 'planned',
  ChangeDetailsChanged: 'described',
};

/** What was appended under this key, in words. */
const doneIn = ({ events }: Done, { key }: Asked): readonly string[] => {
  const first = events.findIndex(event => 'key' in event && event.key === key);
  const appended = first < 0 ? [] : events.slice(first);
  return [...new Set(appended.flatMap(({ type }) => WORDS[type] ?? []))];
};

import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { evolveContent, noContent, type ReleaseEvent, type ScopeItem } from '@slipway/contracts';
import {
  Answer,
  Answers,
  type Asked,
  AskedBy,
  invalidFields,
  Permission,
  ProblemException,
  Refused,
} from '@slipway/edge';
import { idOf, isRejection, type Message, reject } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import type { ChangeScope } from '../domain/release-commands.ts';
import { judgeScope } from '../domain/release-scope.ts';
import { releaseRecord } from '../read/release.view.ts';
import { ChangeScopeDto, ScopeChangedDto, type ScopeItemDto, TradeOffScopeDto } from './release-scope.dto.ts';
import { ReleaseDto } from './releases.answers.dto.ts';

/** The scope as a whole: what a planning tool sends, and what was decided to leave it. */
@Controller('v1/releases')
@ApiTags('releases')
export class ReleaseScopeController {
  constructor(private readonly service: Service) {}

  @Post(':id/change-scope')
  @Permission('releases:write')
  @ApiOperation({ summary: 'States up to 500 scope items, by key or external reference, with a result for each' })
  @Answers(200, ScopeChangedDto)
  async changeScope(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ChangeScopeDto): Promise<Answer> {
    const data = stated(dto);
    const stream = await this.service.streamOf('release', id);
    const outcome = await this.service.attempt(asked, { stream, command: { type: 'ChangeScope', data } });
    if (isRejection(outcome)) throw new Refused(outcome);
    const { record, event, replayed } = await this.service.answer(outcome, releaseRecord);
    const results = judgeScope(data, scopeMet(outcome.events, asked)).map(result => ({
      key: result.key,
      outcome: result.outcome,
      ...('code' in result && { code: result.code }),
    }));
    const { number, version, state, contentDigest } = record;
    return new Answer({ id: record.id, number, version, state, contentDigest, results }, event, replayed);
  }

  @Post(':id/trade-off-scope')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Decides that items leave the scope, why, and for which release, which takes them over' })
  @Answers(200, ReleaseDto)
  async tradeOff(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: TradeOffScopeDto): Promise<Answer> {
    const stream = await this.service.streamOf('release', id);
    const to = dto.toRelease === undefined ? undefined : await this.service.streamOf('release', dto.toRelease);
    if (to === stream) throw new ProblemException(SAME_RELEASE);
    const { events } = await this.service.store.read(stream);
    const scope = scopeMet(events, asked);
    const items = [...new Set(dto.keys)].map(key => scope.find(item => item.key === key) ?? notInScope(key));
    const reason = await this.service.seal(stream, dto.reason);
    const data = { items, ...(to !== undefined && { toReleaseId: idOf(to) }), reason };
    const takeOver = (other: string) => ({ stream: other, command: { type: 'TakeOverScope', data: { items } } });
    const others = to === undefined ? [] : [takeOver(to)];
    return this.service.carryOut(asked, { stream, command: { type: 'TradeOffScope', data }, others }, releaseRecord);
  }
}

/** The scope as this request met it, also when it comes again after its effect. */
const scopeMet = (events: readonly (Message & { key?: string })[], { key }: Asked): readonly ScopeItem[] => {
  const first = events.findIndex(event => event.key === key);
  const before = first < 0 ? events : events.slice(0, first);
  return (before as readonly ReleaseEvent[]).reduce(evolveContent, noContent).scope;
};

const notInScope = (key: string): never => {
  throw new Refused(reject('scope-item-not-found', `${key} is not in the scope.`));
};

const SAME_RELEASE = {
  status: 422,
  code: 'same-release',
  detail: 'Items leave for another release, or for none.',
};

const stated = ({ items = [], remove = [] }: ChangeScopeDto): ChangeScope['data'] => {
  const nameless = items.findIndex(({ key, externalRef }) => key === undefined && externalRef === undefined);
  if (nameless >= 0)
    throw invalidFields([{ pointer: `/items/${nameless}`, detail: 'a key or an externalRef must be there' }]);
  if (items.length + remove.length === 0)
    throw invalidFields([{ pointer: '', detail: 'items or keys to remove must be there' }]);
  return { items: items.map(({ key, ...item }) => ({ ...(key !== undefined && { key }), ...partsOf(item) })), remove };
};

/** An item as it is kept. */
export const itemIn = ({ key, ...item }: ScopeItemDto): ScopeItem => ({ key, ...partsOf(item) });

const partsOf = ({ kind, title, externalRef: ref, priority, lifecycleStage }: Omit<ScopeItemDto, 'key'>) => ({
  kind,
  title,
  ...(ref && { externalRef: { system: ref.system, key: ref.key, ...(ref.url !== undefined && { url: ref.url }) } }),
  ...(priority && { priority }),
  ...(lifecycleStage && { lifecycleStage }),
});

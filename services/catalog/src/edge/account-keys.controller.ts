import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answer, Answers, type Asked, AskedBy, notFound, Oneself, Permission, Unscoped } from '@slipway/edge';
import { Service } from '@slipway/service';
import { type AccountKey, accountKeysView, keyAt } from '../read/account-keys.view.ts';
import { AccountKeysDto, AddKeyDto, KEY_ID, RevokeKeyDto } from './account-keys.dto.ts';
import { aliasOf, isAlias, PeopleRegister, pseudonymOf } from './people-register.ts';
import { publicKeyIn } from './public-key.ts';

/** What service accounts sign their tokens with: public keys, several at a time, so that they rotate without a gap. */
@Controller('v1/people')
@ApiTags('people')
export class AccountKeysController {
  private readonly register: PeopleRegister;

  constructor(private readonly service: Service) {
    this.register = new PeopleRegister(service);
  }

  @Post(':id/keys')
  @Permission('catalog:write')
  @Oneself()
  @ApiOperation({
    summary: 'Adds a public key to a service account; with a token of its present key, the account adds the next one',
  })
  @Answers(201, AccountKeysDto)
  async add(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: AddKeyDto): Promise<Answer> {
    const stream = await this.streamOf(id);
    const { publicKey: given, ...rest } = dto;
    const isOwn = asked.keyId !== undefined && asked.stamp.actor === stream;
    const data = { ...publicKeyIn(given), ...rest, ...(isOwn && { addedWith: asked.keyId }) };
    const orders = { stream, command: { type: 'AddServiceAccountKey', data } };
    return standing(asked, await this.service.carryOut(asked, orders, accountKeysView));
  }

  @Post(':id/keys/:kid/revoke')
  @HttpCode(200)
  @Permission('catalog:write')
  @ApiOperation({ summary: 'Revokes a key, from the next call on and for good' })
  @Answers(200, AccountKeysDto)
  async revoke(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Param('kid') kid: string,
    @Body() { reason: said, successorsToo = false }: RevokeKeyDto,
  ): Promise<Answer> {
    if (!KEY_ID.test(kid)) throw notFound(`There is no key ${kid}.`);
    const stream = await this.streamOf(id);
    const reason = await this.service.seal(stream, said);
    const orders = { stream, command: { type: 'RevokeServiceAccountKey', data: { kid, reason, successorsToo } } };
    return standing(asked, await this.service.carryOut(asked, orders, accountKeysView));
  }

  @Get(':id/keys')
  @Unscoped()
  @Permission('people:read')
  @Oneself()
  @ApiOperation({ summary: 'The keys of a service account: how they stand, who added them, when they end' })
  @Answers(200, AccountKeysDto)
  async list(@AskedBy() asked: Asked, @Param('id') id: string): Promise<Answer> {
    return standing(asked, await this.service.record(await this.streamOf(id), accountKeysView));
  }

  private async streamOf(id: string): Promise<string> {
    if (!isAlias(id)) return this.service.streamOf('person', pseudonymOf(id).slice('person-'.length));
    const owner = await this.register.owner([aliasOf(id)]);
    if (!owner) throw notFound(`There is no person ${id}.`);
    return owner.pseudonym;
  }
}

const standing = ({ stamp }: Asked, { record, event, replayed }: Answer): Answer => {
  const keys = record['keys'] as readonly AccountKey[];
  return new Answer({ ...record, keys: keys.map(key => keyAt(key, keys, stamp.recordedAt)) }, event, replayed);
};

import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Answer,
  Answers,
  type Asked,
  AskedBy,
  type Listing,
  Lists,
  notFound,
  type Page,
  Permission,
  ProblemException,
  Refused,
  type Row,
  Unscoped,
} from '@slipway/edge';
import type { DirectoryPerson } from '@slipway/event-store';
import { idOf } from '@slipway/event-sourcing';
import { type Orders, Service } from '@slipway/service';
import { listPeople } from '../read/people.query.ts';
import { personView } from '../read/person.view.ts';
import {
  aliasesOf,
  aliasOf,
  aliasTakenIn,
  isAlias,
  PeopleRegister,
  pseudonymOf,
  type Said,
  saidIn,
} from './people-register.ts';
import { peopleInCsv } from './people-csv.ts';
import { DryRunQuery, ImportedPeopleDto, PeopleCsvDto } from './catalog-import.dto.ts';
import { ListPeopleQuery, PersonDto, RegisterPersonDto, UpdatePersonDto } from './people.dto.ts';

/** Names, addresses and accounts stand in the directory only. A person is named in a path by id, pseudonym or alias. */
@Controller('v1/people')
@ApiTags('people')
export class PeopleController {
  private readonly register: PeopleRegister;

  constructor(private readonly service: Service) {
    this.register = new PeopleRegister(service);
  }

  @Post()
  @Permission('catalog:write')
  @ApiOperation({
    summary: 'Registers a person or a service account, with the accounts by which other tools know them',
  })
  @Answers(201, PersonDto)
  async registerPerson(@AskedBy() asked: Asked, @Body() dto: RegisterPersonDto): Promise<Answer> {
    const said = recognizable(saidIn(dto, dto.kind ?? 'person'));
    const orders = await this.registration(said).catch(refuseTaken);
    return this.named(await this.service.carryOut(asked, orders, personView));
  }

  @Post('import')
  @HttpCode(200)
  @Permission('catalog:write')
  @ApiOperation({ summary: 'People and service accounts out of a CSV, a command a line' })
  @ApiOkResponse({ type: ImportedPeopleDto })
  async import(
    @AskedBy() asked: Asked,
    @Query() { dryRun = false }: DryRunQuery,
    @Body() { csv }: PeopleCsvDto,
  ): Promise<ImportedPeopleDto> {
    return { dryRun, records: await peopleInCsv(this.service, asked, csv, dryRun) };
  }

  @Put(':id')
  @Permission('catalog:write')
  @ApiOperation({
    summary: 'Updates name and address; accounts are added. Person or service account stays what it is.',
  })
  @Answers(200, PersonDto)
  async update(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: UpdatePersonDto): Promise<Answer> {
    const entry = await this.entryOf(id);
    const orders = await this.register.update(entry, recognizable(saidIn(dto, entry.kind)), asked).catch(refuseTaken);
    return this.named(await this.service.carryOut(asked, orders, personView));
  }

  @Get(':id')
  @Unscoped()
  @Permission('people:read')
  @ApiOperation({ summary: 'Who a pseudonym, an address or an account is' })
  @Answers(200, PersonDto)
  async one(@Param('id') id: string): Promise<Answer> {
    const stream = isAlias(id) ? (await this.entryOf(id)).pseudonym : pseudonymOf(id);
    return this.named(await this.service.record(stream, personView));
  }

  @Get()
  @Unscoped()
  @Permission('people:read')
  @ApiOperation({ summary: 'People and service accounts' })
  @Lists(PersonDto)
  list(@Query() query: ListPeopleQuery): Promise<Listing> {
    return this.service.list('catalog.people', query, page => this.rows(query, page));
  }

  private async registration(said: Said): Promise<Orders> {
    return this.register.registration(said, await this.register.owner(aliasesOf(said)));
  }

  private async rows({ q, kind, pseudonyms }: ListPeopleQuery, page: Page): Promise<readonly Row[]> {
    const wanted = pseudonyms?.split(',');
    const entries = new Map((await this.register.people(wanted)).map(entry => [entry.pseudonym, entry]));
    const found =
      q === undefined ? wanted : [...entries.values()].filter(entry => says(entry, q)).map(each => each.pseudonym);
    const filter = { ...(kind !== undefined && { kind }), ...(found && { pseudonyms: found }) };
    const rows = await listPeople(this.service.dataSource, filter, page);
    return rows.map(({ registeredAt, ...row }) => ({
      cursor: [row.pseudonym],
      item: { id: idOf(row.pseudonym), ...row, ...shown(entries.get(row.pseudonym)), registeredAt },
    }));
  }

  private async named(answer: Answer): Promise<Answer> {
    const [entry] = await this.register.people([pseudonymOf(answer.record.id)]);
    return new Answer({ ...answer.record, ...shown(entry) }, answer.event, answer.replayed);
  }

  private async entryOf(id: string): Promise<DirectoryPerson> {
    const entry = isAlias(id)
      ? await this.register.owner([aliasOf(id)])
      : (await this.register.people([pseudonymOf(id)]))[0];
    if (!entry) throw notFound(`There is no person ${id}.`);
    return entry;
  }
}

const recognizable = (said: Said): Said => {
  if (aliasesOf(said).length > 0) return said;
  throw new ProblemException({
    status: 422,
    code: 'no-alias',
    detail: 'Give an e-mail address or an account: nobody would be recognized otherwise.',
  });
};

const says = ({ name, email = '', aliases }: DirectoryPerson, q: string): boolean =>
  [name, email, ...aliases].some(text => text.toLowerCase().includes(q.toLowerCase()));

const shown = (entry: DirectoryPerson | undefined) =>
  entry && {
    name: entry.name,
    ...(entry.email !== undefined && { email: entry.email }),
    ...(entry.leavesOn !== undefined && { leavesOn: entry.leavesOn }),
    accounts: entry.aliases,
  };

const refuseTaken = (error: unknown): never => {
  throw new Refused(aliasTakenIn(error));
};

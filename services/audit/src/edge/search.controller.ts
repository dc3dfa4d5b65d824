import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Asked, AskedBy, type Listing, Lists, Permission } from '@slipway/edge';
import { Service } from '@slipway/service';
import { search } from '../read/search.query.ts';
import { FoundDto, SearchQuery } from './search.dto.ts';

/** Records of every kind by what is published of them, as far as the asker's grants reach. */
@Controller('v1/search')
@ApiTags('search')
export class SearchController {
  constructor(private readonly service: Service) {}

  @Get()
  @Permission('events:read')
  @ApiOperation({
    summary:
      'Records of every kind, the newest first: each word of q begins a word of title, name or number, or q is a label or a key elsewhere',
  })
  @Lists(FoundDto)
  find(
    @AskedBy() asked: Asked,
    @Query() { q, category, ref, label, from, to, ...query }: SearchQuery,
  ): Promise<Listing> {
    const said = Object.entries({ q, category, ref, label, from, to }).filter(([, value]) => value !== undefined);
    return this.service.listWithin(asked, 'audit.found', query, page =>
      search.page(this.service.dataSource, Object.fromEntries(said), page),
    );
  }
}

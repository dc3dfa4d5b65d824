import { Body, Controller, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Asked, AskedBy, Permission } from '@slipway/edge';
import { Service } from '@slipway/service';
import { CatalogDocument, ImportedDto, ImportQuery } from './catalog-import.dto.ts';
import { CatalogImport } from './catalog-import.ts';

@Controller('v1/catalog')
@ApiTags('catalog')
export class CatalogController {
  constructor(private readonly service: Service) {}

  /** Brings the catalog to what a document says, a command a record; a record that is refused stops no other. */
  @Post('import')
  @HttpCode(200)
  @Permission('catalog:write')
  @ApiOperation({ summary: 'Services, environments, people, service accounts and role grants from one document' })
  @ApiOkResponse({ type: ImportedDto })
  async import(
    @AskedBy() asked: Asked,
    @Query() { dryRun = false }: ImportQuery,
    @Body() document: CatalogDocument,
  ): Promise<ImportedDto> {
    return { dryRun, records: await new CatalogImport(this.service, asked, document, dryRun).run() };
  }
}

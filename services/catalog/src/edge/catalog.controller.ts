import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, type Asked, AskedBy, Permission, Report } from '@slipway/edge';
import { Service } from '@slipway/service';
import { exported, positionOf } from './catalog-export.ts';
import { CatalogDocument, ImportedDto, ImportQuery } from './catalog-import.dto.ts';
import { CatalogImport } from './catalog-import.ts';
import { cyclesAfter } from './import-cycles.ts';
import { pruned } from './pruning.ts';
import type { Imported } from './record-import.ts';

@Controller('v1/catalog')
@ApiTags('catalog')
export class CatalogController {
  constructor(private readonly service: Service) {}

  /** Brings the catalog to what a document says, a command a record; a record that is refused stops no other. */
  @Post('import')
  @HttpCode(200)
  @Permission('catalog:write')
  @ApiOperation({
    summary: 'Everything that the catalog holds from one document; what it leaves out stays, or is retired',
  })
  @ApiOkResponse({ type: ImportedDto })
  async import(
    @AskedBy() asked: Asked,
    @Query() { dryRun = false, prune = false }: ImportQuery,
    @Body() document: CatalogDocument,
  ): Promise<ImportedDto> {
    const stated = await new CatalogImport(this.service, asked, document, dryRun).run();
    const retired = prune ? await this.prune(asked, document, dryRun) : [];
    const cycles = await cyclesAfter(this.service, document.services ?? [], retired);
    return { dryRun, records: [...stated, ...retired], cycles };
  }

  @Get('export')
  @Permission('catalog:read')
  @ApiOperation({
    summary:
      'What is registered, as a document that can be imported; with people for those who may read names, and role grants for administrators',
  })
  @Answers(200, CatalogDocument)
  async export(@AskedBy() { may, stamp }: Asked): Promise<Report> {
    const position = await positionOf(this.service);
    const people = await may('people:read');
    const grants = people && (await may('catalog:write'));
    return new Report(
      await exported(this.service, { people, ...(grants && { grantsAt: stamp.recordedAt }) }),
      position,
    );
  }

  private async prune(
    asked: Asked,
    { reason, applications, services, environments, teams }: CatalogDocument,
    dryRun: boolean,
  ): Promise<readonly Imported[]> {
    const lists = { application: applications, service: services, environment: environments, team: teams } as const;
    const records: Imported[] = [];
    for (const category of ['application', 'service', 'environment', 'team'] as const) {
      const kept = lists[category]?.map(({ name }) => name);
      if (kept) records.push(...(await pruned(this.service, asked, { category, kept, reason }, dryRun)));
    }
    return records;
  }
}

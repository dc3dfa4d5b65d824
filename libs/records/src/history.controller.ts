import { Controller, Get, Param, Post, Query, Req, type Type } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { categoryNamed, nameOf } from '@slipway/contracts';
import {
  type Asked,
  AskedBy,
  jsonLines,
  type Listing,
  Lists,
  notFound,
  Permission,
  type RawBody,
  type Report,
} from '@slipway/edge';
import { importedList, Service } from '@slipway/service';
import {
  type ImportAnswer,
  HistoricRecordDto,
  type ImportedRowDto,
  ImportHistoryQuery,
  ListImportedQuery,
} from './history.dto.ts';
import { type Importing, importRows, MOST_IMPORTED_ROWS } from './history-import.ts';
import { Imports } from './imports.ts';

/** The ids of services or environments that are named by id, name or alias; several where a name could mean several. */
export type Named = (
  service: Service,
  category: 'service' | 'environment',
  names: readonly string[],
) => Promise<ReadonlyMap<string, readonly string[]>>;

type Doors<Row extends ImportedRowDto> = Readonly<{
  /** `deployment`: its plural is the path, too. */
  category: string;
  row: Type<Row>;
  read: Permission;
  /** The view of `importedRecords`; none where they are among all others. */
  consumer?: string;
  named: Named;
  reading: (service: Service) => Importing<Row>['reading'];
}>;

/** How history comes in, `POST /v1/<plural>/import`, and what came: `GET /v1/<plural>/imported`. */
export const historyController = <Row extends ImportedRowDto>({
  category,
  row,
  read,
  consumer,
  named,
  reading,
}: Doors<Row>): Type => {
  const { plural = category } = categoryNamed(category) ?? {};

  @Controller(`v1/${plural}`)
  @ApiTags(plural)
  class ImportController {
    constructor(readonly service: Service) {}

    @Post('import')
    @Permission('history:import')
    @ApiOperation({
      summary: `Imports ${plural} that were: at most ${MOST_IMPORTED_ROWS} rows, one JSON object a line`,
    })
    @Imports(row)
    import(
      @AskedBy() asked: Asked,
      @Query() query: ImportHistoryQuery,
      @Req() request: RawBody & Readonly<{ headers: Readonly<Record<string, unknown>> }>,
    ): Promise<ImportAnswer> {
      const lines = jsonLines(request, MOST_IMPORTED_ROWS);
      return importRows(this.service, asked, query, lines, { category, row, reading: reading(this.service) });
    }
  }
  Object.defineProperty(ImportController, 'name', { value: `${nameOf(category)}ImportController` });
  if (consumer === undefined) return ImportController;

  class HistoryController extends ImportController {
    @Get('imported')
    @Permission(read)
    @ApiOperation({ summary: `${plural} that were imported, the last that happened first` })
    @Lists(HistoricRecordDto)
    async list(@AskedBy() asked: Asked, @Query() query: ListImportedQuery): Promise<Listing> {
      const { service, environment, ...filter } = query;
      const services = await this.idsOf('service', service);
      const environments = await this.idsOf('environment', environment);
      const wanted = { ...filter, ...services, ...environments };
      return this.service.listWithin(asked, consumer as string, query, page =>
        importedList.page(this.service.dataSource, wanted, page),
      );
    }

    @Get('imported/:id')
    @Permission(read)
    @ApiOperation({ summary: 'One of them, with all that the source says' })
    @ApiOkResponse({ type: HistoricRecordDto })
    one(@AskedBy() asked: Asked, @Param('id') id: string): Promise<Report> {
      return this.service.reportWithin(asked, consumer as string, undefined, async within => {
        const page = { limit: 1, ...within };
        const [found] = await importedList.page(this.service.dataSource, { id }, page);
        if (!found) throw notFound(`No ${category} ${id} was imported.`);
        return found.item as object;
      });
    }

    private async idsOf(kind: 'service' | 'environment', name: string | undefined): Promise<object> {
      if (name === undefined) return {};
      const [id = name] = (await named(this.service, kind, [name])).get(name) ?? [];
      return { [kind]: id };
    }
  }
  Object.defineProperty(HistoryController, 'name', { value: `${nameOf(category)}HistoryController` });
  Controller(`v1/${plural}`)(HistoryController);
  ApiTags(plural)(HistoryController);
  return HistoryController;
};

import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Answers,
  type Asked,
  AskedBy,
  notFound,
  type Page,
  paged,
  pageOf,
  Permission,
  ProblemException,
  Report,
  type Row,
} from '@slipway/edge';
import { categoryOf } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import type { Request, Response } from 'express';
import { entries } from '../read/entries.projection.ts';
import { entriesLike, entriesOf, type Entry, type Stretch } from '../read/entries.query.ts';
import { linksAt, streamsWith } from '../read/links.query.ts';
import { trailOf } from '../trail/closure.ts';
import { EntriesDto, type EntryDto, EventsQuery, type RecordDto, TrailDto, TrailQuery } from './audit.dto.ts';
import { csvOf, type Numbers, shown } from './shown.ts';

const NUMBER = /^[A-Z]{2,8}-[1-9]\d{0,11}$/;
const RECORD = /^[\w.-]{1,140}$/;
const POSITION = /^\d{1,15}$/;
const INVALID_PAGE_TOKEN = {
  status: 400,
  code: 'invalid-page-token',
  detail: 'pageToken takes a nextPageToken as it came.',
} as const;

type Shown = Readonly<{ items: readonly EntryDto[]; nextPageToken?: string }>;

@Controller('v1/audit')
@ApiTags('audit')
export class AuditController {
  constructor(private readonly service: Service) {}

  @Get('trail/:record')
  @ApiOperation({ summary: 'The trail of a record: with all that it caused and that caused it, in log order.' })
  @Permission('audit:read')
  @Answers(200, TrailDto, 'text/csv')
  async trail(
    @AskedBy() asked: Asked,
    @Param('record') record: string,
    @Query() query: TrailQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Report | string> {
    const page = pageOf(query);
    const stretch = await this.stretch(query, page);
    const { upTo } = stretch;
    const stream = await this.streamOf(record, upTo);
    const { dataSource } = this.service;
    const streams = [...(await trailOf(stream, linksAt(dataSource, upTo)))].sort();
    const { body, numbers } = await this.page(
      await entriesOf(dataSource, streams, stretch),
      page,
      upTo,
      asked,
      streams,
    );
    const records = streams.map(each => recordOf(each, numbers));
    return answer({ record: recordOf(stream, numbers), records, ...body }, upTo, query, request, response);
  }

  @Get('events')
  @ApiOperation({ summary: 'Events in log order, by record, type, actor and when they were recorded.' })
  @Permission('audit:read')
  @Answers(200, EntriesDto, 'text/csv')
  async events(
    @AskedBy() asked: Asked,
    @Query() query: EventsQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Report | string> {
    const page = pageOf(query);
    const stretch = await this.stretch(query, page);
    const { upTo } = stretch;
    const stream = query.stream === undefined ? undefined : await this.numberedOr(query.stream);
    const { type, actor, from, to, afterPosition } = query;
    const filter = { stream, type, actor, from, to, afterPosition };
    const { body } = await this.page(await entriesLike(this.service.dataSource, filter, stretch), page, upTo, asked);
    return answer(body, upTo, query, request, response);
  }

  /** All pages of one answer show the same position: that of the first. */
  private async stretch({ afterEvent }: TrailQuery, { after, limit }: Page): Promise<Stretch> {
    const position = await this.service.positionShown(entries.consumer, afterEvent);
    if (after === undefined) return { after: 0, upTo: position, limit };
    const [from, first] = after;
    if (!POSITION.test(from ?? '') || !POSITION.test(first ?? '')) throw new ProblemException(INVALID_PAGE_TOKEN);
    return { after: Number(from), upTo: Math.min(Number(first), position), limit };
  }

  private async page(
    rows: readonly Row[],
    page: Page,
    upTo: number,
    { may }: Asked,
    streams: readonly string[] = [],
  ): Promise<{ body: Shown; numbers: Numbers }> {
    const { items, nextPageToken } = paged(
      rows.map(row => ({ ...row, cursor: [...row.cursor, String(upTo)] })),
      page,
    );
    const found = items as Entry[];
    const numbers = await this.service.store.numbersOf([
      ...new Set([...streams, ...found.flatMap(({ stream, changes }) => [stream, ...changes])]),
    ]);
    const seesErasures = await may('erasures:read');
    const opened = await Promise.all(found.map(entry => this.opened(entry, seesErasures)));
    const body = found.map((entry, index) => shown(entry, opened[index]!, numbers));
    return { body: { items: body, ...(nextPageToken && { nextPageToken }) }, numbers };
  }

  /** Why somebody was erased, or looked up, is not for everybody who reads the trail. */
  private async opened({ stream, data }: Entry, seesErasures: boolean): Promise<Entry['data']> {
    if (categoryOf(stream) === 'erasure' && !seesErasures) return data;
    return (await this.service.opened(stream, data)) as Entry['data'];
  }

  private async streamOf(record: string, upTo: number): Promise<string> {
    const streams = await streamsWith(this.service.dataSource, await this.numberedOr(record), upTo);
    const [stream] = streams;
    if (stream === undefined) throw notFound(`There is no record ${record}.`);
    if (streams.length === 1) return stream;
    throw new ProblemException({
      status: 400,
      code: 'ambiguous-id',
      detail: `Several records have this id: ${streams.join(', ')}.`,
    });
  }

  /** A person's stream looks like no number: prefixes are in capitals. */
  private async numberedOr(record: string): Promise<string> {
    if (!RECORD.test(record)) throw notFound(`There is no such record.`);
    if (!NUMBER.test(record)) return record;
    const stream = await this.service.store.numbered(record);
    if (stream === undefined) throw notFound(`There is no record ${record}.`);
    return stream;
  }
}

const recordOf = (stream: string, numbers: Numbers): RecordDto => {
  const number = numbers.get(stream);
  return { stream, ...(number && { number }) };
};

const answer = <Body extends Shown>(
  body: Body,
  position: number,
  { format }: TrailQuery,
  request: Request,
  response: Response,
): Report | string => {
  const csv =
    format === undefined ? request.accepts(['application/json', 'text/csv']) === 'text/csv' : format === 'csv';
  response.vary('Accept');
  if (!csv) return new Report(body, position);
  response.type('text/csv; charset=utf-8').setHeader('Slipway-Position', String(position));
  if (body.nextPageToken) {
    const next = new URL(request.originalUrl, 'http://localhost');
    next.searchParams.set('pageToken', body.nextPageToken);
    response.links({ next: `${next.pathname}${next.search}` });
  }
  return csvOf(body.items);
};

import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ReleaseEvent, Window } from '@slipway/contracts';
import { Answers, type Asked, AskedBy, eventToken, invalidFields, Permission, ProblemException } from '@slipway/edge';
import { idOf, isRejection, type Recorded, reject, type Rejection } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import type { ReleaseCommand } from '../domain/release-commands.ts';
import { releaseView, type ReleaseView } from '../read/release.view.ts';
import { BulkMovedDto, BulkMoveDto } from './bulk.dto.ts';
import { releaseNow } from './release-now.ts';

type Result = BulkMovedDto['results'][number];

const AT_ONCE = 20;

/** One move of many releases: each is decided by itself, and says what became of it. */
@Controller('v1/releases')
@ApiTags('releases')
export class BulkController {
  constructor(private readonly service: Service) {}

  @Post('bulk')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Holds, resumes, cancels or reschedules up to 200 releases, with a result for each' })
  @Answers(200, BulkMovedDto)
  async move(@AskedBy() asked: Asked, @Body() dto: BulkMoveDto): Promise<BulkMovedDto> {
    requireDetails(dto);
    const streams = await Promise.all(dto.releases.map(release => this.streamOf(release)));
    const results: Result[] = [];
    for (let from = 0; from < streams.length; from += AT_ONCE) {
      const rows = streams.slice(from, from + AT_ONCE).map(async (stream, index) => {
        const release = dto.releases[from + index] ?? '';
        if (typeof stream !== 'string') return refused(release, stream);
        if (isNamedBefore(streams, from + index)) return refused(release, NAMED_TWICE);
        return { release, ...(await this.row(asked, stream, dto)) };
      });
      results.push(...(await Promise.all(rows)));
    }
    return { correlationId: asked.correlationId, results };
  }

  private async row(asked: Asked, stream: string, dto: BulkMoveDto): Promise<Omit<Result, 'release'>> {
    // The version that a client may have seen is that of no one row.
    const { expected: _, ...row } = asked.part(stream);
    const command = await this.commandOf(stream, dto);
    const outcome = isRejection(command) ? command : await this.service.attempt(row, { stream, command });
    if (isRejection(outcome)) return { outcome: 'refused', code: outcome.rejected, detail: outcome.reason };
    const { events, version } = outcome;
    const { state, window } = (events as readonly Recorded<ReleaseEvent>[]).reduce(
      releaseView,
      undefined as ReleaseView | undefined,
    ) as ReleaseView;
    return {
      outcome: events.some(({ key }) => key === row.key) ? 'done' : 'unchanged',
      id: idOf(stream),
      version,
      state,
      ...(window && { window }),
      event: eventToken({ stream, version }),
    };
  }

  private async commandOf(stream: string, dto: BulkMoveDto): Promise<ReleaseCommand | Rejection> {
    const { move, reason = '', minutes = 0 } = dto;
    if (move === 'resume') return { type: 'ResumeRelease', data: {} };
    if (move !== 'reschedule') {
      const type = move === 'hold' ? 'HoldRelease' : 'CancelRelease';
      return { type, data: { reason: await this.service.seal(stream, reason) } };
    }
    const release = await releaseNow(this.service, stream);
    if (!release) return reject('not-found', `There is no release ${idOf(stream)}.`);
    const { window: seen } = release;
    if (!seen) return reject('not-scheduled', 'It has no window yet; schedule it.');
    return { type: 'RescheduleRelease', data: { seen, window: shifted(seen, minutes) } };
  }

  private async streamOf(release: string): Promise<string | Rejection> {
    try {
      return await this.service.streamOf('release', release);
    } catch (error) {
      if (error instanceof ProblemException) return reject(error.problem.code, error.problem.detail);
      throw error;
    }
  }
}

const requireDetails = ({ move, releases, reason, minutes }: BulkMoveDto): void => {
  if (releases.length === 0) throw invalidFields([{ pointer: '/releases', detail: 'one must be there at least' }]);
  if ((move === 'hold' || move === 'cancel') && reason === undefined)
    throw invalidFields([{ pointer: '/reason', detail: 'it must be there' }]);
  if (move === 'reschedule' && !minutes)
    throw invalidFields([{ pointer: '/minutes', detail: 'it must be there, and not 0' }]);
};

const NAMED_TWICE = reject('named-twice', 'It was named before in this request.');

const refused = (release: string, { rejected, reason }: Rejection): Result => ({
  release,
  outcome: 'refused',
  code: rejected,
  detail: reason,
});

const isNamedBefore = (streams: readonly (string | Rejection)[], index: number): boolean =>
  streams.indexOf(streams[index] ?? '') < index;

const shifted = ({ start, end }: Window, minutes: number): Window => ({
  start: later(start, minutes),
  end: later(end, minutes),
});

const later = (instant: string, minutes: number): string =>
  new Date(Date.parse(instant) + minutes * 60_000).toISOString();

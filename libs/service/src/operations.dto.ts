import { ApiProperty } from '@nestjs/swagger';
import type { InstructionInTrouble, Parked, Standing } from '@slipway/consumers';
import { Choice, Instant, Integer, ListOf, Pattern, Text } from '@slipway/edge';

const STREAM = /^[A-Za-z]{1,40}-[\w.-]{1,80}$/;

export class ReplayDto {
  @Text(100)
  readonly consumer!: string;

  @Pattern(STREAM, 'release-0198c0de-0000-7000-8000-000000000000')
  readonly stream!: string;

  @Text(500)
  readonly reason!: string;
}

export class SkipDto {
  @Text(100)
  readonly consumer!: string;

  @Integer(1, Number.MAX_SAFE_INTEGER)
  readonly position!: number;

  @Text(500)
  readonly reason!: string;
}

export class RebuildDto {
  @Text(100)
  readonly consumer!: string;

  @Text(500)
  readonly reason!: string;
}

const MOST = Number.MAX_SAFE_INTEGER;
const text = { type: String, nullable: true } as const;
const instant = { type: String, format: 'date-time', nullable: true } as const;

class LastRebuildDto {
  @Choice('asked', 'running', 'canceling', 'done', 'canceled', 'failed') readonly status!: string;
  /** Up to here the new version is filled, or was when it switched. */
  @Integer(0, MOST) readonly position!: number;
  @Integer(0, MOST) readonly parkedStreams!: number;
  @Text(200) readonly actor!: string;
  @Text(500) readonly reason!: string;
  @Instant() readonly askedAt!: string;
  @ApiProperty(instant) readonly startedAt!: string | null;
  @ApiProperty(instant) readonly endedAt!: string | null;
  @ApiProperty(text) readonly error!: string | null;
}

class StandingDto {
  @Text(100) readonly consumer!: string;
  @Choice('log', 'kafka') readonly transport!: Standing['transport'];
  /** What it shows. */
  @Integer(0, MOST) readonly position!: number;
  /** Positions between that and the head of the log. */
  @Integer(0, MOST) readonly lag!: number;
  /** Since the first event after that was sequenced. */
  @ApiProperty({ type: 'number', minimum: 0 }) readonly lagSeconds!: number;
  @Integer(0, MOST) readonly parkedStreams!: number;
  /** Events whose effect was left out, for ever. */
  @Integer(0, MOST) readonly skips!: number;
  /** The last one. */
  @ApiProperty({ type: LastRebuildDto, nullable: true }) readonly rebuild!: Standing['rebuild'];
}

export class ConsumersDto {
  @ListOf(StandingDto, 1_000) readonly items!: readonly StandingDto[];
}

class ParkedStreamDto {
  @Text(100) readonly consumer!: string;
  @Text(130) readonly stream!: string;
  @Choice('failed', 'unknown-type') readonly cause!: Parked['cause'];
  @ApiProperty() readonly error!: string;
  @Integer(0, MOST) readonly attempts!: number;
  @Instant() readonly parkedAt!: string;
  /** Of the events that wait; the first is the one that failed. */
  @ApiProperty({ type: 'array', items: { type: 'integer' } }) readonly positions!: readonly number[];
}

export class ParkedDto {
  @ListOf(ParkedStreamDto, MOST) readonly items!: readonly ParkedStreamDto[];
}

class InstructionDto {
  @Text(100) readonly process!: string;
  @Text(200) readonly name!: string;
  /** The stream that it is for. */
  @Text(130) readonly target!: string;
  @Choice('pending', 'rejected') readonly status!: InstructionInTrouble['status'];
  @ApiProperty(text) readonly code!: string | null;
  @ApiProperty(text) readonly reason!: string | null;
  @ApiProperty(text) readonly error!: string | null;
  @Integer(0, MOST) readonly attempts!: number;
  @Instant() readonly recordedAt!: string;
}

export class InstructionsDto {
  @ListOf(InstructionDto, 200) readonly items!: readonly InstructionDto[];
}

export class ReplayedDto {
  /** Events that had their effect now. */
  @Integer(0, MOST) readonly replayed!: number;
  @Integer(0, MOST) readonly waiting!: number;
}

export class SkippedDto {
  @Integer(1, MOST) readonly skipped!: number;
}

export class RebuildingDto {
  @Text(100) readonly consumer!: string;
  /** `done`: of processes, which only go on in another life of the log. */
  @Choice('asked', 'done') readonly status!: string;
}

export class CancelingDto {
  @Text(100) readonly consumer!: string;
  @Choice('canceling') readonly status!: string;
}

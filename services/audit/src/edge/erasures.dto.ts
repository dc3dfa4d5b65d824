import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Choice, ListQuery, Optional, Pattern, PERSON, Text } from '@slipway/edge';

const GROUNDS = [
  'no-longer-necessary',
  'consent-withdrawn',
  'objection',
  'unlawful-processing',
  'legal-obligation',
] as const;
const PSEUDONYM = /^person-[0-9a-f-]{36}$/;

export class RequestErasureDto {
  /** A pseudonym, an e-mail address or an account. */
  @Pattern(PERSON, 'ann@example.org')
  readonly person!: string;

  /** GDPR, article 17(1), (a) to (e). */
  @Choice(...GROUNDS)
  readonly ground!: (typeof GROUNDS)[number];

  @Text(2_000)
  @Optional()
  readonly reason?: string;
}

export class LookUpDto {
  /** Why it has to be known. */
  @Text(2_000)
  readonly reason!: string;
}

export class ListErasuresQuery extends ListQuery {
  /** Any pseudonym of the person. */
  @Pattern(PSEUDONYM, 'person-0198c0de-0000-7000-8000-000000000000')
  @Optional()
  readonly person?: string;
}

class RetainedDto {
  @ApiProperty({ enum: ['approval', 'deployment', 'grant', 'exception'] }) class!: string;
  @ApiProperty({ format: 'date-time' }) until!: string;
}

class RefusalDto {
  @ApiProperty({ enum: ['gdpr-17-3-b'] }) ground!: string;
  @ApiProperty({ format: 'date-time' }) until!: string;
  @ApiProperty({ type: RetainedDto, isArray: true }) retained!: RetainedDto[];
}

class CarriedOutDto {
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({ enum: ['entry', 'aliases', 'keys', 'link'], isArray: true }) dropped!: string[];
}

class LookUpAnswerDto {
  @ApiProperty({ description: 'A pseudonym.' }) by!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({ type: String, nullable: true, description: 'Null: erased.' }) reason!: string | null;
}

export class ErasureRowDto {
  @ApiProperty({ format: 'uuid', description: 'That of the person.' }) id!: string;
  @ApiProperty({ example: 'ERA-1' }) number!: string;
  @ApiProperty() version!: number;
  @ApiProperty() person!: string;
  @ApiProperty({ type: String, isArray: true }) alsoKnownAs!: string[];
  @ApiProperty({ enum: GROUNDS }) ground!: string;
  @ApiProperty({ enum: ['Requested', 'Refused', 'Granted'] }) state!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Until then auditors can have it looked up.' })
  until?: string;
  @ApiProperty({ format: 'date-time' }) requestedAt!: string;
}

export class ErasureDto {
  @ApiProperty({ format: 'uuid', description: 'That of the person.' }) id!: string;
  @ApiProperty({ example: 'ERA-1' }) number!: string;
  @ApiProperty() version!: number;
  @ApiProperty() person!: string;
  @ApiProperty({ type: String, isArray: true }) alsoKnownAs!: string[];
  @ApiProperty({ enum: GROUNDS }) ground!: string;
  @ApiPropertyOptional({ type: String, nullable: true, description: 'Null: erased.' }) reason?: string | null;
  @ApiProperty({ enum: ['Requested', 'Refused', 'Granted'] }) state!: string;
  @ApiPropertyOptional({ type: RefusalDto, description: 'Why the link stays; all else is gone.' }) refusal?: RefusalDto;
  @ApiPropertyOptional({ type: CarriedOutDto }) carriedOut?: CarriedOutDto;
  @ApiProperty({ type: LookUpAnswerDto, isArray: true }) lookUps!: LookUpAnswerDto[];
  @ApiProperty() requestedBy!: string;
  @ApiProperty({ format: 'date-time' }) requestedAt!: string;
}

class RetainedPersonDto {
  @ApiPropertyOptional() name?: string;
  @ApiPropertyOptional() email?: string;
  @ApiProperty({ type: String, isArray: true, description: 'Where no name was known.' }) accounts!: string[];
}

export class LookedUpDto extends ErasureDto {
  @ApiProperty({ type: RetainedPersonDto, nullable: true, description: 'Null: not known, or not yet set apart.' })
  subject!: RetainedPersonDto | null;
}

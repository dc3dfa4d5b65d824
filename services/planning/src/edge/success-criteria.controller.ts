import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Measured, SuccessCriterion } from '@slipway/contracts';
import { type Answer, Answers, type Asked, AskedBy, invalidFields, Permission } from '@slipway/edge';
import { Service } from '@slipway/service';
import type { DeclareSuccessCriteria, JudgeSuccessCriterion } from '../domain/release-commands.ts';
import { releaseRecord } from '../read/release.view.ts';
import { isServiceAccount } from './references.ts';
import { ReleaseDto } from './releases.answers.dto.ts';
import {
  DeclareSuccessCriteriaDto,
  JudgeSuccessCriterionDto,
  type MeasuredValueDto,
  type SuccessCriterionDto,
  type SuccessMeasurementDto,
} from './success-criteria.dto.ts';

/** What a release is to bring about, said when it is planned and judged before it is closed. */
@Controller('v1/releases')
@ApiTags('releases')
export class SuccessCriteriaController {
  constructor(private readonly service: Service) {}

  @Post(':id/declare-success-criteria')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Says how it will be told whether the release was a success' })
  @Answers(200, ReleaseDto)
  async declare(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() dto: DeclareSuccessCriteriaDto,
  ): Promise<Answer> {
    const stream = await this.streamOf(id);
    const criteria = await Promise.all(dto.criteria.map(each => this.criterionOf(stream, each)));
    const reason = await this.service.seal(stream, dto.reason);
    const data = { criteria, ...(reason !== undefined && { reason }) };
    return this.carryOut(asked, stream, { type: 'DeclareSuccessCriteria', data });
  }

  @Post(':id/judge-success-criterion')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Judges a success criterion: a person, in his or her own name, on what was measured' })
  @Answers(200, ReleaseDto)
  async judge(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() dto: JudgeSuccessCriterionDto,
  ): Promise<Answer> {
    const stream = await this.streamOf(id);
    const { criterion: criterionId, verdict, measured } = dto;
    const note = await this.service.seal(stream, dto.note);
    const byServiceAccount = await isServiceAccount(this.service, asked.stamp.actor);
    const data = { criterionId, verdict, note, byServiceAccount, ...(measured && { measured: measuredOf(measured) }) };
    return this.carryOut(asked, stream, { type: 'JudgeSuccessCriterion', data });
  }

  private async criterionOf(stream: string, dto: SuccessCriterionDto): Promise<SuccessCriterion> {
    const { id, title, measurement: said } = dto;
    const howJudged = await this.service.seal(stream, dto.howJudged);
    return {
      id,
      title,
      ...(said && { measurement: measurementOf(said) }),
      ...(howJudged !== undefined && { howJudged }),
    };
  }

  private streamOf(id: string): Promise<string> {
    return this.service.streamOf('release', id);
  }

  private carryOut(
    asked: Asked,
    stream: string,
    command: DeclareSuccessCriteria | JudgeSuccessCriterion,
  ): Promise<Answer> {
    return this.service.carryOut(asked, { stream, command }, releaseRecord);
  }
}

const measurementOf = (said: SuccessMeasurementDto): NonNullable<SuccessCriterion['measurement']> => {
  const { measure, series = measure, statistic = 'value', condition, limit, days } = said;
  return { measure, series, statistic, condition, limit, days };
};

const measuredOf = ({ value, definition, position, counted, from, to }: MeasuredValueDto): Measured => {
  if (from < to) return { value, definition, position, counted, from, to };
  throw invalidFields([{ pointer: '/measured/to', detail: 'it must be later than from' }]);
};

import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, Permission } from '@slipway/edge';
import { Service } from '@slipway/service';
import type { IncidentCommand } from '../domain/incident-commands.ts';
import { onIncident } from './incident-orders.ts';
import { IncidentDto } from './incidents.answers.dto.ts';
import {
  ClassifyDto,
  CorrectAwarenessDto,
  CorrectImpactIntervalDto,
  MajorDto,
  IncidentReasonDto,
} from './incident-work.dto.ts';
import { CorrectImpactStartDto } from './incidents.dto.ts';

/** How severe an incident is, and since when users were affected. */
@Controller('v1/incidents/:id')
@ApiTags('incidents')
@Permission('incidents:write')
export class ClassificationController {
  constructor(private readonly service: Service) {}

  @Post('classify')
  @ApiOperation({ summary: 'A person judges how severe it is' })
  @Answers(200, IncidentDto)
  classify(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ClassifyDto): Promise<Answer> {
    const { occurredAt, ...said } = dto;
    return this.withReason(asked.at(occurredAt), id, said, data => ({ type: 'Classify', data }));
  }

  @Post('declare-major')
  @ApiOperation({ summary: 'It is a major incident: a review is due once it is resolved' })
  @Answers(200, IncidentDto)
  declareMajor(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: MajorDto): Promise<Answer> {
    const { occurredAt, reason } = dto;
    return this.withReason(asked.at(occurredAt), id, { reason }, data => ({ type: 'DeclareMajor', data }));
  }

  @Post('lift-major')
  @ApiOperation({ summary: 'It is no major incident' })
  @Answers(200, IncidentDto)
  liftMajor(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: IncidentReasonDto): Promise<Answer> {
    return this.withReason(asked, id, dto, data => ({ type: 'LiftMajor', data }));
  }

  @Post('correct-awareness')
  @ApiOperation({ summary: 'We knew of it from another moment on than was thought' })
  @Answers(200, IncidentDto)
  correctAwareness(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() dto: CorrectAwarenessDto,
  ): Promise<Answer> {
    return this.withReason(asked, id, dto, data => ({ type: 'CorrectAwareness', data }));
  }

  @Post('correct-impact-start')
  @ApiOperation({ summary: 'Users were affected from another moment on than was thought' })
  @Answers(200, IncidentDto)
  correctImpactStart(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() dto: CorrectImpactStartDto,
  ): Promise<Answer> {
    return this.withReason(asked, id, dto, data => ({ type: 'CorrectImpactStart', data }));
  }

  @Post('correct-impact-interval')
  @ApiOperation({ summary: 'One of its intervals of impact began or ended at another moment than was thought' })
  @Answers(200, IncidentDto)
  correctImpactInterval(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() dto: CorrectImpactIntervalDto,
  ): Promise<Answer> {
    return this.withReason(asked, id, dto, data => ({ type: 'CorrectImpactInterval', data }));
  }

  private withReason<Said extends Readonly<{ reason: string }>>(
    asked: Asked,
    id: string,
    said: Said,
    commandOf: (data: Said) => IncidentCommand,
  ): Promise<Answer> {
    return onIncident(this.service, asked, id, async stream =>
      commandOf({ ...said, reason: await this.service.seal(stream, said.reason) }),
    );
  }
}

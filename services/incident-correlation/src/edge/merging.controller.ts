import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, Permission } from '@slipway/edge';
import { idOf } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import type { IncidentCommand } from '../domain/incident-commands.ts';
import { incidentRecord, type IncidentView } from '../read/incident.view.ts';
import { onIncident } from './incident-orders.ts';
import { IncidentDto } from './incidents.answers.dto.ts';
import { MergeDto, SplitDto } from './incident-work.dto.ts';
import { idOfRecord } from './references.ts';

/** What turns out to be one incident, or two. */
@Controller('v1/incidents/:id')
@ApiTags('incidents')
@Permission('incidents:write')
export class MergingController {
  constructor(private readonly service: Service) {}

  @Post('merge')
  @ApiOperation({ summary: 'It repeats another incident, which goes on with its alerts, causes and impact' })
  @Answers(200, IncidentDto)
  merge(@AskedBy() asked: Asked, @Param('id') id: string, @Body() { into, reason }: MergeDto): Promise<Answer> {
    return onIncident(this.service, asked, id, async stream => {
      const intoIncidentId = await idOfRecord(this.service, 'incident', into);
      const why = await this.service.seal(stream, reason);
      const data = { incidentId: idOf(stream), intoIncidentId, ...(why !== undefined && { reason: why }) };
      return { type: 'MergeIncident', data };
    });
  }

  @Post('split')
  @ApiOperation({ summary: 'Some of its alerts become an incident of their own, which is answered' })
  @Answers(201, IncidentDto)
  async split(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: SplitDto): Promise<Answer> {
    const from = await this.service.streamOf('incident', id);
    const stream = asked.newStream('incident');
    const { record } = await this.service.record(from, incidentRecord);
    const command = openSplit(dto, record as unknown as IncidentView, idOf(from));
    const reason = await this.service.seal(from, dto.reason);
    const away: IncidentCommand = {
      type: 'SplitIncident',
      data: { intoIncidentId: idOf(stream), alertIds: [...new Set(dto.alerts)], reason },
    };
    return this.service.carryOut(asked, { stream, command, others: [{ stream: from, command: away }] }, incidentRecord);
  }
}

/** What its alerts are about, else all that the incident is about. */
const openSplit = (dto: SplitDto, view: IncidentView, fromIncidentId: string): IncidentCommand => {
  const about = view.alerts
    .filter(({ alertId }) => dto.alerts.includes(alertId))
    .flatMap(({ serviceIds }) => serviceIds);
  return {
    type: 'OpenIncident',
    data: {
      title: dto.title,
      severity: dto.severity ?? view.severity,
      major: false,
      serviceIds: about.length > 0 ? [...new Set(about)] : view.serviceIds,
      ...(view.environmentId !== undefined && { environmentId: view.environmentId }),
      detectedBy: 'person',
      impactStartedAt: dto.impactStartedAt ?? view.impactStartedAt,
      fromIncidentId,
    },
  };
};

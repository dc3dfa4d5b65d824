import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, type Asked, AskedBy, Id, Integer, Optional, Permission } from '@slipway/edge';
import { isRejection } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import { importedIncidents } from '../read/known-names.query.ts';

class CorrelateDto {
  /** `next` of the answer before; the first ones when absent. */
  @Id() @Optional() readonly after?: string;
}

class CorrelationAnswer {
  /** Incidents whose candidates are others than before. */
  @Integer(0, 1_000) readonly proposed!: number;
  @Integer(0, 1_000) readonly looked!: number;
  /** Where to go on; absent when all were looked at. */
  @Id() @Optional() readonly next?: string;
}

const AT_ONCE = 100;

/** Candidates of incidents of history, once the deployments of their time are there too. */
@Controller('v1/incidents')
@ApiTags('incidents')
export class CorrelationController {
  constructor(private readonly service: Service) {}

  @Post('correlate-imported')
  @Permission('history:import')
  @ApiOperation({ summary: 'Looks again for what may have caused incidents that were imported, some at a time' })
  @Answers(200, CorrelationAnswer)
  async correlate(@AskedBy() asked: Asked, @Body() { after = '' }: CorrelateDto): Promise<CorrelationAnswer> {
    const ids = await importedIncidents(this.service.dataSource, after, AT_ONCE);
    const answers = await Promise.all(ids.map(id => this.propose(asked, id)));
    const next = ids.length === AT_ONCE ? ids.at(-1) : undefined;
    return { looked: ids.length, proposed: answers.filter(Boolean).length, ...(next !== undefined && { next }) };
  }

  /** Whoever has limits is refused those that his grants do not reach. */
  private async propose(asked: Asked, id: string): Promise<boolean> {
    const part = asked.part(id);
    const outcome = await this.service.attempt(part, {
      stream: `incident-${id}`,
      command: { type: 'ProposeCauses', data: {} },
    });
    return !isRejection(outcome) && outcome.events.some(({ key }) => key === part.key);
  }
}

import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answer, Answers, type Asked, AskedBy, Guarded, guarded, Permission, Unscoped } from '@slipway/edge';
import { idOf } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import { builtIn } from '../domain/approval-policy.ts';
import type { Slots } from '../domain/change-state.ts';
import { approvalPolicyView } from '../read/approval-policy.view.ts';
import { AdoptApprovalPolicyDto, ApprovalPolicyDto, type SlotDto } from './policies.dto.ts';
import { POLICY_STREAM } from './proposal-facts.ts';

/** Who must approve, by change model. */
@Controller('v1/policies')
@ApiTags('policies')
export class PoliciesController {
  constructor(private readonly service: Service) {}

  @Get('approval')
  @Unscoped()
  @Permission('changes:read')
  @ApiOperation({ summary: 'The approval policy in force' })
  @Answers(200, ApprovalPolicyDto)
  async approval(): Promise<Answer> {
    const { version } = await this.service.store.read(POLICY_STREAM);
    if (version > 0) return this.service.record(POLICY_STREAM, approvalPolicyView);
    return new Answer({ id: idOf(POLICY_STREAM), version: 0, ...builtIn });
  }

  @Put('approval')
  @Permission('policies:write')
  @ApiOperation({ summary: 'Adopts an approval policy: rounds of approval that begin from now on follow it' })
  @Guarded()
  @Answers(200, ApprovalPolicyDto)
  async adopt(@AskedBy() asked: Asked, @Body() { slots }: AdoptApprovalPolicyDto): Promise<Answer> {
    guarded(asked);
    const command = { type: 'AdoptApprovalPolicy', data: { slots: plain(slots) } };
    const adopted = await this.service.carryOut(
      asked,
      { stream: POLICY_STREAM, command, creates: true },
      approvalPolicyView,
    );
    // The same as the built-in one: nothing was adopted.
    return adopted.record.version === 0 ? this.approval() : adopted;
  }
}

const plain = ({ standard, normal, emergency }: AdoptApprovalPolicyDto['slots']): Slots => ({
  standard: standard.map(slotIn),
  normal: normal.map(slotIn),
  emergency: emergency.map(slotIn),
});

const slotIn = ({ slot, role, concern, count }: SlotDto) => ({ slot, role, concern, count });

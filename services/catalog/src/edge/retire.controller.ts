import { Body, Controller, HttpCode, Param, Post, type Type } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { categoryNamed, nameOf } from '@slipway/contracts';
import { type Answer, Answers, type Asked, AskedBy, Permission } from '@slipway/edge';
import { type RecordView, Service } from '@slipway/service';
import { type Named, streamOfReference } from './references.ts';
import { RetireDto } from './registrations.dto.ts';

/** `POST /v1/<plural>/{id}/retire` */
export const retireController = (category: Named, view: RecordView<never>, answer: Type): Type => {
  const { plural = category } = categoryNamed(category) ?? {};

  @Controller(`v1/${plural}`)
  @ApiTags(plural)
  class RetireController {
    constructor(readonly service: Service) {}

    @Post(':id/retire')
    @HttpCode(200)
    @Permission('catalog:write')
    @ApiOperation({ summary: 'Takes it out of use. It is kept, out of the lists, until it is registered again' })
    @Answers(200, answer)
    async retire(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: RetireDto): Promise<Answer> {
      const stream = await streamOfReference(this.service, category, id);
      const reason = await this.service.seal(stream, dto.reason);
      const command = { type: `Retire${nameOf(category)}`, data: { reason } };
      return this.service.carryOut(asked, { stream, command }, view);
    }
  }
  Object.defineProperty(RetireController, 'name', { value: `Retire${nameOf(category)}Controller` });
  return RetireController;
};

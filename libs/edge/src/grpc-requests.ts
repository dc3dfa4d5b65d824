import type { Type } from '@nestjs/common';
import { Id, Optional, Text } from './fields.ts';

/** The request of a gRPC command: what REST takes in the body, with the idempotency key in the message. */
export const withRequestId = <Dto extends object>(dto: Type<Dto>) => {
  class WithRequestId extends (dto as Type<object>) {
    @Text(255) @Optional() readonly requestId?: string;
  }
  return WithRequestId as Type<Dto & { requestId?: string }>;
};

/** The same of a command to a record, which is named by id or number. */
export const ofRecord = <Dto extends object>(dto: Type<Dto>) => {
  class OfRecord extends (withRequestId(dto) as Type<object>) {
    @Id() readonly id!: string;
  }
  return OfRecord as Type<Dto & { requestId?: string; id: string }>;
};

/** A request that says which record, and nothing else. */
export class RecordRequest {
  @Id() readonly id!: string;
}

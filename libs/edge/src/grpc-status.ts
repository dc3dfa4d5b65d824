import { Metadata, status as code } from '@grpc/grpc-js';
import { RpcException } from '@nestjs/microservices';
import protobuf from 'protobufjs';
import type { Problem } from './problem.ts';

// google/rpc/status.proto and error_details.proto, as far as used.
const { root } = protobuf.parse(
  `
  syntax = "proto3";
  package google.rpc;
  message Status { int32 code = 1; string message = 2; repeated Any details = 3; }
  message Any { string type_url = 1; bytes value = 2; }
  message ErrorInfo { string reason = 1; string domain = 2; map<string, string> metadata = 3; }
  message BadRequest {
    message FieldViolation { string field = 1; string description = 2; }
    repeated FieldViolation field_violations = 1;
  }
`,
  { keepCase: true },
);
const Status = root.lookupType('google.rpc.Status');
const ErrorInfo = root.lookupType('google.rpc.ErrorInfo');
const BadRequest = root.lookupType('google.rpc.BadRequest');

const BY_CODE: Readonly<Record<string, code>> = {
  'stale-version': code.ABORTED,
  contention: code.ABORTED,
  'idempotency-key-reused': code.INVALID_ARGUMENT,
};
const BY_STATUS: Readonly<Record<number, code>> = {
  400: code.INVALID_ARGUMENT,
  401: code.UNAUTHENTICATED,
  403: code.PERMISSION_DENIED,
  404: code.NOT_FOUND,
  409: code.FAILED_PRECONDITION,
  413: code.INVALID_ARGUMENT,
  422: code.FAILED_PRECONDITION,
  500: code.INTERNAL,
  503: code.UNAVAILABLE,
};

/** A problem as gRPC says it: the code in an ErrorInfo, invalid fields in a BadRequest, both in the trailer that richer clients read. */
export const grpcErrorOf = (problem: Problem): RpcException => {
  const status = BY_CODE[problem.code] ?? BY_STATUS[problem.status] ?? code.UNKNOWN;
  const message = `${problem.detail}${(problem.errors ?? []).map(({ pointer, detail }) => ` ${pointer}: ${detail}`).join('')}`;
  const info = ErrorInfo.encode({
    reason: problem.code,
    domain: 'slipway.dev',
    ...(problem.permission && { metadata: { permission: problem.permission } }),
  }).finish();
  const fields = (problem.errors ?? []).map(({ pointer, detail }) => ({ field: pointer, description: detail }));
  const violations = BadRequest.encode({ field_violations: fields }).finish();
  const details = [
    { type_url: 'type.googleapis.com/google.rpc.ErrorInfo', value: info },
    ...(fields.length > 0 ? [{ type_url: 'type.googleapis.com/google.rpc.BadRequest', value: violations }] : []),
  ];
  const metadata = new Metadata();
  metadata.set('grpc-status-details-bin', Buffer.from(Status.encode({ code: status, message, details }).finish()));
  return new RpcException({ code: status, message, metadata });
};

export { Access, accessTo, EVERYWHERE, type Place, placesWith, tokensOf } from './access.ts';
export { Answer, Answers, Listing, Lists, Report, TakesMessage } from './answer.ts';
export { AskGuard, type Authority } from './ask.guard.ts';
export { aliasOfSubject, type Asked, AskedBy, type AskedFacts, askedIn, askedOf } from './asked.ts';
export { csvLine } from './csv-line.ts';
export { NothingDto } from './nothing.dto.ts';
export { type EventPlace, eventPlace, eventToken } from './event-token.ts';
export {
  Choice,
  Clearable,
  Day,
  Digest,
  Flag,
  Id,
  Instant,
  Integer,
  Labels,
  LabelSets,
  ListOf,
  Nested,
  Optional,
  Pattern,
  Patterns,
  Quantity,
  Text,
  Texts,
  utcOf,
} from './fields.ts';
export { Guarded, guarded } from './guarded.ts';
export { type GrpcServer, grpcServer } from './grpc.ts';
export { ofRecord, RecordRequest, withRequestId } from './grpc-requests.ts';
export { enumValueOf, enumWords } from './grpc-words.ts';
export { hmacMatches, sameSecret } from './hmac.ts';
export { configureHttp, httpOptions } from './http.ts';
export { type RawBody, readJson } from './json-body.ts';
export { type JsonLine, jsonLines } from './json-lines.ts';
export {
  AfterEventQuery,
  afterInstant,
  invalidPageToken,
  ListQuery,
  type Page,
  type PageWithin,
  paged,
  pageOf,
  PageQuery,
  type Row,
} from './list-query.ts';
export { type LocalIssuer, localIssuer } from './local-issuer.ts';
export { openApiOf, serveOpenApi } from './openapi.ts';
export { ErrorsAs, type ErrorShape, Refuses } from './openapi-refusals.ts';
export { aliasOf, isPseudonym, PERSON } from './people.ts';
export { Oneself, Permission, permissionsOf, Public, type Role, ROLES, rolesThatMay, Unscoped } from './permissions.ts';
export { invalidFields, notFound, type Problem, ProblemException } from './problem.ts';
export { ProblemFilter } from './problem.filter.ts';
export { problemOf } from './problem-of.ts';
export { Refused } from './refused.ts';
export { optionalTimestamp, timestampOf, valid } from './valid.ts';
export { type Issuer, issuerAt } from './verify-token.ts';

import {
  Choice,
  Digest,
  Id,
  Instant,
  ListOf,
  Nested,
  Optional,
  Pattern,
  Patterns,
  PERSON,
  Text,
  Texts,
} from '@slipway/edge';
import { SCOPE_KINDS } from './release-scope.dto.ts';
import { CHANGE_MODELS, CLASSES, ReleaseWindowDto, STATES } from './releases.dto.ts';

export class CopyReleaseDto {
  /** Published as it is: it must not name people. */
  @Text(200)
  readonly title!: string;

  /** That of the earlier one, when absent. */
  @Choice(...CLASSES)
  @Optional()
  readonly class?: (typeof CLASSES)[number];

  /** That of the earlier one, when absent. */
  @Choice(...CHANGE_MODELS)
  @Optional()
  readonly changeModel?: (typeof CHANGE_MODELS)[number];

  /** E-mail or account; who asks, when absent. */
  @Pattern(PERSON, 'rita@example.org')
  @Optional()
  readonly owner?: string;

  /** Stored encrypted. */
  @Text(10_000)
  @Optional()
  readonly description?: string;

  /** The kinds of scope items that are taken over: feature, fix, tech-debt, regulatory. None when absent. */
  @Patterns(/^(?:feature|fix|tech-debt|regulatory)$/, SCOPE_KINDS.length)
  @Optional()
  readonly scopeKinds?: readonly string[];
}

export class NotesQuery {
  /** When absent, what `Accept` asks for. */
  @Choice('json', 'markdown')
  @Optional()
  readonly format?: string;
}

class NotedItemDto {
  @Text(200) readonly key!: string;
  @Text(200) readonly title!: string;
  @Text(50) @Optional() readonly system?: string;
  @Text(200) @Optional() readonly reference?: string;
  @Text(2_000) @Optional() readonly url?: string;
}

class NotesSectionDto {
  @Choice(...SCOPE_KINDS) readonly kind!: string;
  @Text(40) readonly heading!: string;
  @ListOf(NotedItemDto, 1_000) readonly items!: readonly NotedItemDto[];
}

class NotedCommitDto {
  @Text(64) readonly sha!: string;
  @Instant() readonly committedAt!: string;
}

class NotedServiceDto {
  @Id() readonly serviceId!: string;
  /** Its name, as far as it is known. */
  @Text(200) readonly service!: string;
  @Text(100) readonly version!: string;
  @Digest() readonly digest!: string;
  @Text(300) readonly repository!: string;
  @ListOf(NotedCommitDto, 500) readonly commits!: readonly NotedCommitDto[];
}

class NotedErrorDto {
  /** Of the problem. */
  @Text(80) readonly number!: string;
  @Text(200) readonly title!: string;
  /** Those of this release that it is about, by name as far as they are known. */
  @Texts(1_000, 200) readonly services!: readonly string[];
}

export class ReleaseNotesDto {
  @Text(200) readonly title!: string;
  @Text(40) readonly number!: string;
  @Choice(...STATES) readonly state!: string;
  @Nested(ReleaseWindowDto) @Optional() readonly window?: ReleaseWindowDto;
  @ListOf(NotesSectionDto, 4) readonly sections!: readonly NotesSectionDto[];
  @ListOf(NotedServiceDto, 1_000) readonly services!: readonly NotedServiceDto[];
  /** Problems of these services that are analyzed, not resolved, and have a workaround. */
  @ListOf(NotedErrorDto, 200) readonly knownErrors!: readonly NotedErrorDto[];
  /** What was decided not to be in it. */
  @ListOf(NotedItemDto, 50_000) readonly tradedOff!: readonly NotedItemDto[];
}

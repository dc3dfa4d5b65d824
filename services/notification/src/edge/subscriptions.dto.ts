import { OmitType } from '@nestjs/swagger';
import { Choice, Id, Instant, Integer, Nested, Optional, Pattern, Patterns, PERSON, Text, Texts } from '@slipway/edge';
import { RecordsQuery } from '@slipway/records';
import { LONGEST_EXPRESSION } from '../matching/expression.ts';

export const STATES = ['Active', 'Paused', 'Disabled', 'Canceled'] as const;
export const SEVERITY_WORDS = ['critical', 'high', 'medium', 'low'] as const;
export const DIGEST_PERIODS = ['hour', 'day'] as const;
const SEVERITIES = new RegExp(`^(${SEVERITY_WORDS.join('|')})$`);
const TYPE = /^[a-z][a-z0-9.-]{0,120}\*?$/;
const ZONE = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/;
const TIME = /^([01][0-9]|2[0-3]):[0-5][0-9]$/;
const WEBHOOK = /^https?:\/\/[^\s@#]{1,1990}$/;

export class SubscriptionFilterDto {
  /** CloudEvents types, whole or up to a star: `dev.slipway.release-*`. All when absent. */
  @Patterns(TYPE, 100)
  @Optional()
  readonly types?: readonly string[];

  /** Ids or names. */
  @Texts(100, 80)
  @Optional()
  readonly services?: readonly string[];

  /** Ids or names. */
  @Texts(100, 80)
  @Optional()
  readonly environments?: readonly string[];

  /** Of incidents. */
  @Patterns(SEVERITIES, 4)
  @Optional()
  readonly severities?: readonly (typeof SEVERITY_WORDS)[number][];

  /** CEL over `event`, the CloudEvent: `event.data.kind == 'hotfix'`. When it cannot be evaluated, nothing is delivered, and that is counted. */
  @Text(LONGEST_EXPRESSION)
  @Optional()
  readonly expression?: string;
}

export class WebhookDto {
  /** Shown to who may read subscriptions; what proves who sends is the signature. */
  @Pattern(WEBHOOK, 'https://chat.example/hooks/slipway')
  readonly url!: string;
}

export class MailDigestDto {
  @Choice(...DIGEST_PERIODS)
  readonly every!: (typeof DIGEST_PERIODS)[number];

  /** Of a daily one; 8 when absent. */
  @Integer(0, 23)
  @Optional()
  readonly hour?: number;

  /** IANA. */
  @Pattern(ZONE, 'Europe/Berlin')
  readonly timeZone!: string;
}

export class QuietHoursDto {
  @Pattern(TIME, '22:00')
  readonly from!: string;

  @Pattern(TIME, '07:00')
  readonly to!: string;

  /** IANA. */
  @Pattern(ZONE, 'Europe/Berlin')
  readonly timeZone!: string;
}

export class EmailDto {
  /** E-mails, accounts or pseudonyms. */
  @Patterns(PERSON, 200)
  readonly people!: readonly string[];

  /** Id or number of a template; a plain text when absent. */
  @Id()
  @Optional()
  readonly template?: string;

  /** Several events in one mail. */
  @Nested(MailDigestDto)
  @Optional()
  readonly digest?: MailDigestDto;

  /** No mail in these hours; what comes in them waits for their end. */
  @Nested(QuietHoursDto)
  @Optional()
  readonly quietHours?: QuietHoursDto;
}

export class CreateSubscriptionDto {
  /** Published as it is: it must not name people. */
  @Text(200)
  readonly title!: string;

  /** E-mail or account; who asks, when absent. Is told when it is disabled. */
  @Pattern(PERSON, 'rita@example.org')
  @Optional()
  readonly owner?: string;

  /** Stored encrypted. */
  @Text(10_000)
  @Optional()
  readonly description?: string;

  /** Everything, when absent. */
  @Nested(SubscriptionFilterDto)
  @Optional()
  readonly filter?: SubscriptionFilterDto;

  /** Either this or `email`. */
  @Nested(WebhookDto)
  @Optional()
  readonly webhook?: WebhookDto;

  /** Either this or `webhook`. */
  @Nested(EmailDto)
  @Optional()
  readonly email?: EmailDto;
}

export class ChangeFilterDto {
  /** In place of the one before. */
  @Nested(SubscriptionFilterDto)
  readonly filter!: SubscriptionFilterDto;
}

export class ChangeWebhookDto extends WebhookDto {}

export class ChangeEmailDto extends EmailDto {}

export class SubscriptionReasonDto {
  /** Stored encrypted. */
  @Text(2_000)
  @Optional()
  readonly reason?: string;
}

export class RotateSecretDto {
  /** For how long the secret before signs too; 24 when absent. */
  @Integer(0, 720)
  @Optional()
  readonly overlapHours?: number;
}

/** One of the two. */
export class ReplaySubscriptionDto {
  /** Everything that got its place in the log later than that. */
  @Instant()
  @Optional()
  readonly after?: string;

  /** Everything after this position of the log. */
  @Integer(0, Number.MAX_SAFE_INTEGER)
  @Optional()
  readonly afterPosition?: number;
}

export class ListSubscriptionsQuery extends OmitType(RecordsQuery, ['state']) {
  @Choice(...STATES)
  @Optional()
  readonly state?: string;

  /** E-mail, account or pseudonym. */
  @Pattern(PERSON, 'rita@example.org')
  @Optional()
  readonly owner?: string;

  /** Id or name of a service that it is about. */
  @Id()
  @Optional()
  readonly service?: string;

  /** Id or name of an environment that it is about. */
  @Id()
  @Optional()
  readonly environment?: string;
}

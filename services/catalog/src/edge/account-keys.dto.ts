import { Choice, Flag, Id, Instant, Integer, ListOf, Nested, Optional, Pattern, Text } from '@slipway/edge';

const BASE64URL = /^[A-Za-z0-9_-]{1,700}$/;
export const KEY_ID = /^[A-Za-z0-9_-]{43}$/;
const EXAMPLE_KEY_ID = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k';

/** The public half alone, as RFC 7517 writes it: members of the private one are refused. */
export class PublicKeyDto {
  @Choice('OKP', 'EC', 'RSA') readonly kty!: string;
  /** Of OKP: `Ed25519`; of EC: `P-256`. */
  @Choice('Ed25519', 'P-256') @Optional() readonly crv?: string;
  @Pattern(BASE64URL, '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo') @Optional() readonly x?: string;
  @Pattern(BASE64URL, 'WKn-ZIGevcwGIyyrzFoZNBdaq9_TsqzGl96oc0CWuis') @Optional() readonly y?: string;
  /** 2048 to 4096 bits. */
  @Pattern(BASE64URL, 'sXchDaQebHnPiGvyDOAT4saGEUetSyo9MKLOoWFsueri23bOdgWp4Dy1Wl') @Optional() readonly n?: string;
  @Pattern(BASE64URL, 'AQAB') @Optional() readonly e?: string;
  /** The thumbprint (RFC 7638), which it gets anyhow. */
  @Pattern(KEY_ID, EXAMPLE_KEY_ID) @Optional() readonly kid?: string;
  @Choice('EdDSA', 'Ed25519', 'ES256', 'RS256', 'PS256') @Optional() readonly alg?: string;
  @Choice('sig') @Optional() readonly use?: string;
}

export class AddKeyDto {
  @Nested(PublicKeyDto)
  readonly publicKey!: PublicKeyDto;

  /** Where it is used: `runner 4`. Published as it is. */
  @Text(200)
  readonly label!: string;

  /** Absent: from now on. */
  @Instant()
  @Optional()
  readonly from?: string;

  /** The first instant at which it is no longer good, at most 400 days ahead; absent: 90 days after `from`. */
  @Instant()
  @Optional()
  readonly to?: string;
}

export class RevokeKeyDto {
  @Text(2_000)
  readonly reason!: string;

  /** Also the keys that the account added with it, and with those: for a key that somebody else may have. */
  @Flag()
  @Optional()
  readonly successorsToo?: boolean;
}

export class KeyRevokedDto {
  @Text(43) readonly by!: string;
  @Instant() readonly at!: string;
  /** Null: erased. */
  @Text(2_000) readonly reason!: string | null;
}

export class AccountKeyDto {
  @Pattern(KEY_ID, EXAMPLE_KEY_ID) readonly kid!: string;
  @Nested(PublicKeyDto) readonly publicKey!: PublicKeyDto;
  @Text(200) readonly label!: string;
  @Choice('to-come', 'in-force', 'over', 'revoked') readonly state!: string;
  @Instant() readonly from!: string;
  @Instant() readonly to!: string;
  /** The last day, in UTC, on which it is good. */
  @Text(10) readonly lastDay!: string;
  /** It ends within 14 days, and no other key goes on after it. */
  @Flag() readonly endsSoon!: boolean;
  /** A pseudonym: who added it, the account itself where `addedWith` is. */
  @Text(43) readonly addedBy!: string;
  @Instant() readonly addedAt!: string;
  /** The key with which the account added this one. */
  @Pattern(KEY_ID, EXAMPLE_KEY_ID) @Optional() readonly addedWith?: string;
  @Nested(KeyRevokedDto) @Optional() readonly revoked?: KeyRevokedDto;
}

/** The newest first. */
export class AccountKeysDto {
  @Id() readonly id!: string;
  @Text(43) readonly pseudonym!: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  @ListOf(AccountKeyDto, 10_000) readonly keys!: readonly AccountKeyDto[];
}

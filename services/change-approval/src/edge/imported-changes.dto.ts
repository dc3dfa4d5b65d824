import { Choice, Flag, Instant, Optional, Texts } from '@slipway/edge';
import { ImportedRowDto, Line } from '@slipway/records';
import { CHANGE_MODELS, CLOSE_CODES } from './changes.dto.ts';

export const RISKS = ['low', 'medium', 'high'] as const;
export const IMPORTED_STATES = ['open', 'closed', 'canceled'] as const;

/** A change that was. */
export class ImportedChangeDto extends ImportedRowDto {
  /** Published as it is: it must not name people. */
  @Line('Checkout 2.4') readonly title!: string;
  @Choice(...CHANGE_MODELS) readonly model!: (typeof CHANGE_MODELS)[number];
  /** It was implemented before it was approved. */
  @Flag() @Optional() readonly breakGlass?: boolean;
  @Choice(...RISKS) @Optional() readonly riskLevel?: (typeof RISKS)[number];
  /** By id, name or alias. */
  @Texts(1_000, 300) @Optional() readonly services?: readonly string[];
  @Texts(100, 300) @Optional() readonly environments?: readonly string[];
  @Instant() @Optional() readonly requestedAt?: string;
  /** When approval was first asked for. */
  @Instant() @Optional() readonly approvalRequestedAt?: string;
  @Instant() @Optional() readonly authorizedAt?: string;
  @Instant() @Optional() readonly implementationStartedAt?: string;
  @Instant() @Optional() readonly implementationEndedAt?: string;
  /** As of the export. */
  @Choice(...IMPORTED_STATES) readonly state!: (typeof IMPORTED_STATES)[number];
  @Instant() @Optional() readonly closedAt?: string;
  @Choice(...CLOSE_CODES) @Optional() readonly closeCode?: (typeof CLOSE_CODES)[number];
  /** The source says that nothing authorized it. */
  @Flag() @Optional() readonly unauthorized?: boolean;
}

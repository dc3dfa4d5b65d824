import { Choice, Id, Optional } from '@slipway/edge';

/** What became of a message. */
export class AcceptedDto {
  /** `unreadable`: kept for a person to see; `unused`: of a kind that is not used. */
  @Choice('stored', 'unreadable', 'unused') readonly outcome!: 'stored' | 'unreadable' | 'unused';
  @Id() @Optional() readonly runId?: string;
}

/** What a gate of Flagger answers when it is open, and what became of the rest of what Flagger tells. */
export class GateAnswerDto {
  @Choice('go', 'stored', 'unused', 'unreadable') readonly outcome!: 'go' | 'stored' | 'unused' | 'unreadable';
}

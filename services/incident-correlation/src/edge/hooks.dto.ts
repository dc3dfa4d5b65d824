import { Integer } from '@slipway/edge';

/** How many alerts of a message were taken in, how many are kept unread, and how many of it are of a kind that is not used. */
export class TakenDto {
  @Integer(0, 100_000) readonly accepted!: number;
  @Integer(0, 100_000) readonly unreadable!: number;
  @Integer(0, 100_000) readonly unused!: number;
}

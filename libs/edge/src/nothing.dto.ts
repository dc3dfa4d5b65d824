import { ApiHideProperty } from '@nestjs/swagger';
import { IsEmpty } from 'class-validator';

/** The body of an action that needs no words: empty, or `{}`. */
export class NothingDto {
  // One rule must be there for anything else to be refused.
  @ApiHideProperty()
  @IsEmpty()
  readonly nothing?: undefined;
}

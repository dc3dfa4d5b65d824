import { IntersectionType } from '@nestjs/swagger';
import { Id, Optional, Pattern, Text, Texts } from '@slipway/edge';
import {
  ListRegistrationsQuery,
  NAME_OF_NUMBERED,
  RegistrationAnswer,
  RegistrationRowAnswer,
} from './registrations.dto.ts';

export class UpdateApplicationDto {
  @Text(200)
  readonly title!: string;

  /** The name of a team, registered or not yet. */
  @Text(100)
  readonly ownerTeam!: string;

  /** Names or ids of the services that belong to it. */
  @Texts(500, 80)
  @Optional()
  readonly services?: readonly string[];
}

export class RegisterApplicationDto extends UpdateApplicationDto {
  /** Unique, and for ever: the id comes from it. */
  @Pattern(NAME_OF_NUMBERED, 'shop')
  readonly name!: string;
}

export class ListApplicationsQuery extends ListRegistrationsQuery {
  /** The owner team: a name, an id or a number. */
  @Text(100)
  @Optional()
  readonly team?: string;

  /** Those that a service belongs to: a name or an id. */
  @Id()
  @Optional()
  readonly service?: string;
}

class StatedApplicationAnswer {
  @Pattern(/^APP-[1-9]\d*$/, 'APP-1') @Optional() readonly number?: string;
  @Text(100) readonly ownerTeam!: string;
  /** Of the registered team of that name. */
  @Id() @Optional() readonly ownerTeamId?: string;
  @Texts(500, 80) readonly serviceIds!: readonly string[];
}

/** A row of the list. */
export class ApplicationRowDto extends IntersectionType(RegistrationRowAnswer, StatedApplicationAnswer) {}

export class ApplicationDto extends IntersectionType(RegistrationAnswer, StatedApplicationAnswer) {}

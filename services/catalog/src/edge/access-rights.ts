import { type Asked, csvLine, ProblemException } from '@slipway/edge';
import type { Service } from '@slipway/service';
import { type AccessRightRow, accessRights } from '../read/access-rights.ts';
import { MOST_RIGHTS, type RightsFilter, rightsHeld } from '../read/access-rights.query.ts';
import { aliasOf, isAlias, PeopleRegister, pseudonymOf } from './people-register.ts';
import { unknownReference } from './references.ts';

/** Who held what, joined with what the directory knows; names for those who may read them. */
export const accessRightsOf = async (
  service: Service,
  asked: Asked,
  filter: RightsFilter,
): Promise<readonly AccessRightRow[]> => {
  const held = await rightsHeld(service.dataSource, filter);
  const isTooMuch = [held.grants, held.keys, held.people].some(({ length }) => length > MOST_RIGHTS);
  if (isTooMuch) throw new ProblemException(TOO_MANY);
  const entries = await new PeopleRegister(service).people();
  const rows = accessRights({
    at: filter.at,
    ...held,
    known: new Map(entries.map(entry => [entry.pseudonym, entry])),
  });
  return (await asked.may('people:read')) ? rows : rows.map(withoutName);
};

const withoutName = (row: AccessRightRow): AccessRightRow => {
  const { personName, ...rest } = row;
  return personName === undefined ? row : rest;
};

const TOO_MANY = {
  status: 422,
  code: 'too-many-rights',
  detail: `More than ${MOST_RIGHTS} are held: ask for one role or one person.`,
};

/** A pseudonym, an address or an account. 422 when nobody registered has it. */
export const personIn = async (service: Service, text: string): Promise<string> => {
  if (!isAlias(text)) {
    const { version } = await service.store.read(pseudonymOf(text));
    if (version > 0) return pseudonymOf(text);
  } else {
    const entry = await new PeopleRegister(service).owner([aliasOf(text)]);
    if (entry) return entry.pseudonym;
  }
  throw unknownReference('person', text);
};

const COLUMNS = [
  'right',
  'rightId',
  'person',
  'personKind',
  'personName',
  'role',
  'services',
  'applications',
  'teams',
  'environments',
  'actions',
  'label',
  'from',
  'to',
  'givenBy',
  'givenAt',
  'lastUsedAt',
  'findings',
] as const;

/** One line for each; lists with blanks between. */
export const accessRightsCsv = (rows: readonly AccessRightRow[]): string =>
  [COLUMNS, ...rows.map(cellsOf)].map(csvLine).join('');

const cellsOf = ({ scope, findings, ...row }: AccessRightRow): readonly unknown[] => {
  const cells: Readonly<Record<string, unknown>> = { ...row, ...scope, findings };
  return COLUMNS.map(column => {
    const { [column]: cell } = cells;
    return Array.isArray(cell) ? cell.join(' ') : cell;
  });
};

import { type Asked, ProblemException, valid } from '@slipway/edge';
import type { Service } from '@slipway/service';
import { type CsvRecord, NotCsv, recordsIn } from './csv.ts';
import { PeopleImport } from './people-import.ts';
import { saidIn } from './people-register.ts';
import { RegisterPersonDto } from './people.dto.ts';
import { type Imported, refused } from './record-import.ts';

const COLUMNS = ['name', 'email', 'accounts', 'kind', 'leavesOn'];
const MOST = 1_000;

/** People and service accounts out of a CSV, a command a line; a line that is refused stops no other. */
export const peopleInCsv = async (
  service: Service,
  asked: Asked,
  csv: string,
  dryRun: boolean,
): Promise<readonly Imported[]> => {
  const people = new PeopleImport(service, asked, dryRun);
  const records: Imported[] = [];
  for (const record of linesIn(csv)) {
    const dto = await personIn(record);
    records.push(
      'rejected' in dto ? refused(nameOf(record), dto) : await people.one(saidIn(dto, dto.kind ?? 'person')),
    );
  }
  return records;
};

const linesIn = (csv: string): readonly CsvRecord[] => {
  try {
    const records = recordsIn(csv);
    const unknown = records.flatMap(({ values }) => Object.keys(values)).find(name => !COLUMNS.includes(name));
    if (unknown !== undefined) throw new NotCsv(`There is no column ${unknown}: it has ${COLUMNS.join(', ')}.`);
    if (records.length > MOST) throw new NotCsv(`It has ${records.length} lines; at most ${MOST} are taken at once.`);
    return records;
  } catch (error) {
    if (!(error instanceof NotCsv)) throw error;
    throw new ProblemException({ status: 400, code: 'invalid-csv', detail: error.message });
  }
};

type Rejected = Readonly<{ rejected: string; reason: string }>;

/** Accounts stand in one field, with blanks between. */
const personIn = async ({ line, values }: CsvRecord): Promise<RegisterPersonDto | Rejected> => {
  const { accounts, ...said } = values;
  try {
    return await valid(RegisterPersonDto, { ...said, ...(accounts && { accounts: accounts.split(/\s+/) }) });
  } catch (error) {
    if (!(error instanceof ProblemException)) throw error;
    const { code, detail, errors = [] } = error.problem;
    const why = errors.length > 0 ? errors.map(field => field.detail).join('; ') : detail;
    return { rejected: code, reason: `Line ${line}: ${why}` };
  }
};

const nameOf = ({ line, values }: CsvRecord) => ({ record: 'person', name: values['name'] ?? `line ${line}` }) as const;

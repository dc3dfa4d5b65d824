/**
 * What every record that people talk about has beside its own facts: title, owner, description, labels, references to other
 * systems, comments and links to files. A service wires it in four places, and none of its own code knows of it:
 *
 *   facts: { ...own, ...recordFacts('Release') }                         // contracts
 *   deciders: { release: withDetails('release', release) }              // module.ts
 *   controllers: [ReleasesController, recordController({ category: 'release', … })]
 *   describedView('release', …), describedRow('release', …)             // its view, and the fold of its list
 */
export { describedRow, type DescribedRow } from './described-row.ts';
export {
  RECORD_COMMANDS,
  type RecordCode,
  type RecordCommand,
  type RecordEvent,
  withDetails,
  type WithDetails,
} from './details.ts';
export { recordController, type RecordDoors } from './record.controller.ts';
export { describedView, type RecordParts } from './record.view.ts';
export { CommentDto, ExternalRefDto, RecordAnswer, RecordsQuery } from './records.dto.ts';
export { HISTORY_MOVES, type HistoryCode, type ImportRecord, withHistory, type WithHistory } from './history.ts';
export {
  type Historic,
  type Importing,
  importedId,
  importRows,
  MOST_IMPORTED_ROWS,
  namedRecord,
  oneNamed,
  type Unclear,
} from './history-import.ts';
export { ImportAnswer, ImportedReferenceDto, ImportedRowDto, ImportHistoryQuery, Line } from './history.dto.ts';
export { Imports } from './imports.ts';
export { historyController, type Named } from './history.controller.ts';
export * from './places/index.ts';

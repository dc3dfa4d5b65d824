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
export { type RecordCode, type RecordCommand, type RecordEvent, withDetails, type WithDetails } from './details.ts';
export { recordController, type RecordDoors } from './record.controller.ts';
export { describedView, type RecordParts } from './record.view.ts';
export { CommentDto, ExternalRefDto, RecordAnswer, RecordsQuery } from './records.dto.ts';
export * from './places/index.ts';

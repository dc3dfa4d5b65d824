export { type Decider, type Decision, type Rejection, fold, isRejection, reject } from './decider.ts';
export { categoryOf, factsOf, idOf, type Message, type Recorded, type Stamp, type Stamped } from './message.ts';
export type { Instruction, Process } from './process.ts';
export { processSpecification, specification, stampOf } from './specification.ts';

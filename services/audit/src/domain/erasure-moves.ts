/** `Refused`: who it was stays known to auditors until an instant, all else is gone. `Granted`: nobody knows any more. */
export type ErasureStatus = 'None' | 'Refused' | 'Granted';

/** What may be asked of an erasure in a state, and where it can lead. What is not here is refused. */
export const erasureMoves: Readonly<Record<ErasureStatus, Readonly<Record<string, readonly ErasureStatus[]>>>> = {
  None: { RequestErasure: ['Refused', 'Granted'] },
  Refused: {
    RequestErasure: ['Refused'],
    JudgeErasure: ['Refused', 'Granted'],
    RecordErasure: ['Refused'],
    LookUpSubject: ['Refused'],
  },
  Granted: { RequestErasure: ['Granted'], JudgeErasure: ['Granted'], RecordErasure: ['Granted'] },
};

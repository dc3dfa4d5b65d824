import { acknowledged, ask, at, byPerson, detected, given, mitigated, reason, told } from './incident.example.ts';

test('a person judges the severity, also when it stays what the alert said', () => {
  expect(given(detected).when(ask('Classify', { severity: 'high', reason }, 15))).toEqual([
    told('IncidentClassified', { severity: 'high', reason }, 15),
  ]);
  expect(given(byPerson).when(ask('Classify', { severity: 'high', reason }))).toEqual([]);
  expect(given(byPerson).when(ask('Classify', { severity: 'low', reason }))).toMatchObject([
    { data: { severity: 'low' } },
  ]);
});

test('the major flag is raised and lifted with a reason, each once', () => {
  const declared = told('MajorIncidentDeclared', { reason });
  expect(given(detected).when(ask('DeclareMajor', { reason }))).toEqual([declared]);
  expect(given(detected, declared).when(ask('DeclareMajor', { reason }))).toEqual([]);
  expect(given(detected, declared).when(ask('LiftMajor', { reason }))).toEqual([
    told('MajorIncidentLifted', { reason }),
  ]);
  expect(given(detected).when(ask('LiftMajor', { reason }))).toEqual([]);
});

test('when we knew of it is corrected: a person who opens it knew then', () => {
  const correct = (minute: number) => ask('CorrectAwareness', { awareAt: at(minute), reason });
  expect(given(byPerson).when(correct(10))).toEqual([]);
  expect(given(byPerson).when(correct(8))).toEqual([told('AwarenessCorrected', { awareAt: at(8), reason })]);
  expect(given(byPerson, told('AwarenessCorrected', { awareAt: at(8), reason })).when(correct(8))).toEqual([]);
});

test('whoever acts on it knew of it then, at the latest', () => {
  const correct = (minute: number) => ask('CorrectAwareness', { awareAt: at(minute), reason });
  expect(given(detected, acknowledged, mitigated).when(correct(12))).toEqual([]);
  expect(given(detected, mitigated).when(correct(20))).toEqual([]);
  expect(given(detected, told('MajorIncidentDeclared', { reason }, 14)).when(correct(14))).toEqual([]);
});

test('nothing of it lies in the future', () => {
  for (const command of [
    ask('Classify', { severity: 'low', reason }, 41),
    ask('DeclareMajor', { reason }, 41),
    ask('CorrectAwareness', { awareAt: at(41), reason }),
  ])
    expect(given(detected).when(command)).toMatchObject({ rejected: 'in-the-future' });
});

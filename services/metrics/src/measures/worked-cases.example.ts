import type { Case } from './worked-case.example.ts';
import { changeCases } from './worked-changes.example.ts';
import { frequencyCases } from './worked-frequency.example.ts';
import { rolloutCases } from './worked-rollouts.example.ts';
import { failureCases } from './worked-failures.example.ts';
import { reworkCases } from './worked-rework.example.ts';
import { leadTimeCases } from './worked-lead-times.example.ts';
import { historyCases } from './worked-history.example.ts';
import { incidentCases } from './worked-incidents.example.ts';

export const cases: readonly Case[] = [
  ...frequencyCases,
  ...rolloutCases,
  ...failureCases,
  ...reworkCases,
  ...leadTimeCases,
  ...historyCases,
  ...incidentCases,
  ...changeCases,
];

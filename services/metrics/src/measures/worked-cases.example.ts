import type { Case } from './worked-case.example.ts';
import { changeCases } from './worked-changes.example.ts';
import { deliveryCases } from './worked-delivery.example.ts';
import { incidentCases } from './worked-incidents.example.ts';

export const cases: readonly Case[] = [...deliveryCases, ...incidentCases, ...changeCases];

import type { ChangeModel, RiskLevel } from '@slipway/contracts';

/** How the changes of one model go: what the decider, and the table of moves, ask. */
export type ModelDefinition = Readonly<{
  version: string;
  skips: readonly ('assess' | 'authorize')[];
  /** Of a change whose risk is not assessed each time. */
  assumedRisk: RiskLevel;
}>;

/** Standard ones were assessed once for all and are authorized beforehand; emergencies count as high. */
export const changeModels: Readonly<Record<ChangeModel, ModelDefinition>> = {
  standard: { version: '1', skips: ['assess', 'authorize'], assumedRisk: 'low' },
  normal: { version: '1', skips: [], assumedRisk: 'medium' },
  emergency: { version: '1', skips: ['assess'], assumedRisk: 'high' },
};

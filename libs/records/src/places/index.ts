import { everywhere, type Placing } from '@slipway/service';
import { applicationPlaces, environmentPlaces, roleGrantPlaces, servicePlaces } from './catalog.ts';
import { changePlaces, decisionPlaces } from './change-approval.ts';
import { deploymentPlaces, pipelineRunPlaces, targetPlaces } from './deployment-execution.ts';
import { alertPlaces, incidentPlaces, problemPlaces } from './incident-correlation.ts';
import { metricThresholdPlaces } from './metrics.ts';
import { subscriptionPlaces } from './notification.ts';
import { releasePlaces } from './planning.ts';

const PLACINGS: Readonly<Record<string, Placing>> = {
  service: servicePlaces,
  environment: environmentPlaces,
  application: applicationPlaces,
  roleGrant: roleGrantPlaces,
  release: releasePlaces,
  change: changePlaces,
  decision: decisionPlaces,
  deployment: deploymentPlaces,
  target: targetPlaces,
  pipelineRun: pipelineRunPlaces,
  alert: alertPlaces,
  incident: incidentPlaces,
  problem: problemPlaces,
  metricThreshold: metricThresholdPlaces,
  subscription: subscriptionPlaces,
};

/** Where the records of any category take place, for who shows those of other services too. */
export const placingOfCategory = (category: string): Placing =>
  Object.hasOwn(PLACINGS, category) ? (PLACINGS[category] ?? everywhere) : everywhere;

export { applicationPlaces, environmentPlaces, roleGrantPlaces, servicePlaces } from './catalog.ts';
export { changePlaces, decisionPlaces } from './change-approval.ts';
export { deploymentPlaces, pipelineRunPlaces, targetPlaces } from './deployment-execution.ts';
export { alertPlaces, incidentPlaces, problemPlaces } from './incident-correlation.ts';
export { metricThresholdPlaces } from './metrics.ts';
export { subscriptionPlaces } from './notification.ts';
export { releasePlaces } from './planning.ts';

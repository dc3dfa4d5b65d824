import { environmentSamples, personSamples, roleGrantSamples, serviceSamples } from './catalog.ts';
import { approvalPolicySamples, changeSamples, decisionSamples } from './change-approval.ts';
import { deploymentSamples, pipelineRunSamples, targetSamples } from './deployment-execution.ts';
import { stamp } from './example.ts';
import { alertSamples, incidentSamples } from './incident-correlation.ts';
import { communicationSamples, subscriptionSamples, templateSamples } from './notification.ts';
import { releaseSamples } from './planning.ts';

const facts: Readonly<Record<string, object>> = {
  ...serviceSamples,
  ...environmentSamples,
  ...personSamples,
  ...roleGrantSamples,
  ...releaseSamples,
  ...changeSamples,
  ...approvalPolicySamples,
  ...decisionSamples,
  ...deploymentSamples,
  ...targetSamples,
  ...pipelineRunSamples,
  ...alertSamples,
  ...incidentSamples,
  ...subscriptionSamples,
  ...templateSamples,
  ...communicationSamples,
};

/**
 * The `data` of one example of every event type, by type. A sample of a published type MUST NOT change:
 * it stands for what is stored for ever. A type without one does not compile (`SamplesOf`) or fails the spec.
 */
export const samples: Readonly<Record<string, object>> = Object.fromEntries(
  Object.entries(facts).map(([type, data]) => [type, { ...data, ...stamp }]),
);

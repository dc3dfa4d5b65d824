import { erasureSamples } from './audit.ts';
import {
  applicationSamples,
  environmentSamples,
  personSamples,
  accessReviewSamples,
  roleGrantSamples,
  serviceSamples,
  subjectSamples,
  teamSamples,
} from './catalog.ts';
import { approvalPolicySamples, changeSamples, decisionSamples } from './change-approval.ts';
import { deploymentSamples, pipelineRunSamples, targetSamples, webhookMappingSamples } from './deployment-execution.ts';
import { stamp } from './example.ts';
import { alertSamples, incidentSamples, problemSamples, reviewSamples } from './incident-correlation.ts';
import { reportingPeriodSamples } from './metrics.ts';
import { communicationSamples, subscriptionSamples, templateSamples } from './notification.ts';
import { releaseSamples, releaseTrainSamples } from './planning.ts';

const facts: Readonly<Record<string, object>> = {
  ...serviceSamples,
  ...environmentSamples,
  ...applicationSamples,
  ...teamSamples,
  ...personSamples,
  ...accessReviewSamples,
  ...roleGrantSamples,
  ...releaseSamples,
  ...releaseTrainSamples,
  ...changeSamples,
  ...approvalPolicySamples,
  ...decisionSamples,
  ...deploymentSamples,
  ...targetSamples,
  ...pipelineRunSamples,
  ...webhookMappingSamples,
  ...alertSamples,
  ...incidentSamples,
  ...problemSamples,
  ...reviewSamples,
  ...subscriptionSamples,
  ...templateSamples,
  ...communicationSamples,
  ...subjectSamples,
  ...erasureSamples,
  ...reportingPeriodSamples,
};

/**
 * The `data` of one example of every event type, by type. A sample of a published type MUST NOT change:
 * it stands for what is stored for ever. A type without one does not compile (`SamplesOf`) or fails the spec.
 */
export const samples: Readonly<Record<string, object>> = Object.fromEntries(
  Object.entries(facts).map(([type, data]) => [type, { ...data, ...stamp }]),
);

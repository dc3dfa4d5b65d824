import { audit } from '@slipway/audit';
import { catalog } from '@slipway/catalog';
import { changeApproval } from '@slipway/change-approval';
import { deploymentExecution } from '@slipway/deployment-execution';
import { incidentCorrelation } from '@slipway/incident-correlation';
import { metrics } from '@slipway/metrics';
import { notification } from '@slipway/notification';
import { planning } from '@slipway/planning';
import type { ServiceDefinition } from '@slipway/service';

export const services: readonly ServiceDefinition[] = [
  catalog,
  planning,
  changeApproval,
  deploymentExecution,
  incidentCorrelation,
  metrics,
  audit,
  notification,
];

export {
  ENVIRONMENT_NAMES,
  type Export,
  type Exported,
  exported,
  exportShapes,
  SERVICE_NAMES,
} from './history/shapes/exports.example.ts';

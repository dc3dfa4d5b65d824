export { exported, exportShapes } from './history/shapes/exported/all.example.ts';
export {
  ENVIRONMENT_NAMES,
  type Export,
  type Exported,
  SERVICE_NAMES,
} from './history/shapes/exported/parts.example.ts';

export { type RelaySettings, settingsFrom } from './settings.ts';

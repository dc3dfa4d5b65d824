/** Watermarks, parking, process instances and instructions: applied in the schema of each service that consumes. */
export const consumersMigrations = new URL('../migrations/', import.meta.url);

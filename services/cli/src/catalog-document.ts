/** What an import takes: lists by name. */
export type CatalogDocument = Readonly<Record<string, readonly unknown[]>>;
/** `remarks`: what was left out. */
export type Read = Readonly<{ document: CatalogDocument; remarks: readonly string[] }>;

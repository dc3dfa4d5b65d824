/** An ILIKE pattern for texts that contain these words as they stand. */
export const matching = (words: string): string => `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`;

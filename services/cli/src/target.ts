import { InvalidArgumentError } from 'commander';

export type Target = Readonly<{ service: string; environment: string; wave?: number }>;

/** An option that takes targets, one after the other: `checkout@production:2`. */
export const targetIn = (words: string, before: readonly Target[] = []): readonly Target[] => {
  const [, service, environment, wave] = /^([^@:]+)@([^@:]+)(?::([1-9]\d{0,3}))?$/.exec(words) ?? [];
  if (!service || !environment)
    throw new InvalidArgumentError('It takes service@environment, or with a wave behind a colon.');
  return [...before, { service, environment, ...(wave !== undefined && { wave: Number(wave) }) }];
};

import { getMetadataStorage } from 'class-validator';

type Storage = ReturnType<typeof getMetadataStorage>;
type Rules = ReturnType<Storage['getTargetValidationMetadatas']>;

/**
 * class-validator looks through all classes of the process for those that a DTO inherits from, each time it checks one. What it
 * finds is the same ever after, since all rules are declared with their class. `schema`: where a nested one stands.
 */
export const rememberRules = (storage: Storage = getMetadataStorage()): void => {
  const known = new Map<unknown, Map<unknown, Rules>>();
  const find = storage.getTargetValidationMetadatas.bind(storage);
  storage.getTargetValidationMetadatas = (dto, schema, always, strictGroups, groups) => {
    if (always || strictGroups || (groups && groups.length > 0)) return find(dto, schema, always, strictGroups, groups);
    const ofDto = known.get(dto) ?? new Map<unknown, Rules>();
    const rules = ofDto.get(schema) ?? find(dto, schema, always, strictGroups, groups);
    known.set(dto, ofDto.set(schema, rules));
    return rules;
  };
};

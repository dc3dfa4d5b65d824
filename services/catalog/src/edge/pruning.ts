import { nameOf } from '@slipway/contracts';
import type { Asked } from '@slipway/edge';
import type { Service } from '@slipway/service';
import { namesOf } from '../read/registration-list.query.ts';
import { type Imported, importRecord } from './record-import.ts';
import type { Named } from './references.ts';
import { deciderOf, isInUse, shownOf, streamOfName } from './registrations.ts';

const REASON = 'It is not in the document that was applied.';

type Pruned = Readonly<{ category: Named; kept: readonly string[]; reason?: string | undefined }>;

/** Retires what is in use and is not kept, by name. What was retired before is left out of the answer. */
export const pruned = async (
  service: Service,
  asked: Asked,
  { category, kept, reason = REASON }: Pruned,
  dryRun: boolean,
): Promise<readonly Imported[]> => {
  const keeping = new Set(kept);
  const names = (await namesOf(service.dataSource, category)).filter(name => !keeping.has(name));
  const retired: Imported[] = [];
  for (const name of names) {
    const outcome = await retirement(service, asked, category, name, reason, dryRun);
    if (outcome) retired.push(outcome);
  }
  return retired;
};

const retirement = async (
  service: Service,
  asked: Asked,
  category: Named,
  name: string,
  reason: string,
  dryRun: boolean,
): Promise<Imported | undefined> => {
  const stream = streamOfName(category, name);
  let wasInUse = false;
  const sealed = dryRun ? reason : await service.seal(stream, reason);
  const imported = await importRecord(
    service,
    asked,
    {
      record: category,
      name,
      stream,
      command: before => {
        wasInUse = isInUse(category, before);
        return { type: `Retire${nameOf(category)}`, data: { reason: sealed } };
      },
      decider: deciderOf(service, category),
      shown: shownOf(category),
    },
    dryRun,
  );
  if (!wasInUse) return undefined;
  return imported.outcome === 'changed' ? { ...imported, outcome: 'retired' } : imported;
};

import type { CmsClient } from '../../client.ts';
import type { CollectionChange, NewCollection } from '../../resources/collections.ts';
import { compareFields } from './compare-fields.ts';
import { fullSettings, normalCollection, type NormalCollection } from './normal-collection.ts';
import { orderCreations } from './order-creations.ts';
import { orderDeletions } from './order-deletions.ts';
import type { Alteration, Plan } from './plan.ts';

type Fields = CollectionChange['fields'] & NewCollection['fields'];

/** The normal form is a definition as the API takes it; its generated type is a union it can't follow. */
const sent = (fields: NormalCollection['fields']) => fields as unknown as NonNullable<Fields>;

/** Fields of a new collection: their ids belong to wherever the file was written. */
const fresh = (fields: NormalCollection['fields']) => sent(compareFields(fields, []).fields);

interface Progress {
  readonly allowDataLoss: boolean;
  /** Told after each step that was carried out. */
  readonly done: (what: string) => void;
}

/**
 * Carries out a plan: new collections, then changes (those that may lose values first, so that a
 * refusal comes before the rest), then deletions. Throws ApiError; what was told as done stays done,
 * and the next push goes on from there.
 */
export async function applyPlan(client: CmsClient, plan: Plan, progress: Progress): Promise<void> {
  await createAll(client, plan, progress);
  const risky = ({ fields }: Alteration) => fields.some(({ loses }) => loses);
  const ordered = [...plan.alter].toSorted((a, b) => Number(risky(b)) - Number(risky(a)));
  for (const { name, revision, collection } of ordered) {
    await client.collections.update(
      name,
      { name: collection.name, ...fullSettings(collection), fields: sent(collection.fields) },
      { ifMatch: revision, ...(progress.allowDataLoss ? { confirm: true } : {}) },
    );
    progress.done(`changed ${collection.name}`);
  }
  for (const step of orderDeletions(plan.drop)) {
    if (step.kind === 'delete') await client.collections.delete(step.name);
    else
      await client.collections.update(step.name, { fields: sent(step.fields) }, { confirm: true });
    progress.done(`${step.kind === 'delete' ? 'deleted' : 'cut relations of'} ${step.name}`);
  }
}

async function createAll(client: CmsClient, plan: Plan, { done }: Progress): Promise<void> {
  const steps = orderCreations(plan.create);
  for (const { collection, now } of steps) {
    const { name } = collection;
    await client.collections.create({ name, ...fullSettings(collection), fields: fresh(now) });
    done(`created ${name}`);
  }
  for (const { collection } of steps.filter(({ incomplete }) => incomplete)) {
    const { revision, fields } = await client.collections.get(collection.name);
    const known = normalCollection({ name: collection.name, fields }).fields;
    await client.collections.update(
      collection.name,
      { fields: sent(compareFields(collection.fields, known).fields) },
      { ifMatch: revision },
    );
    done(`added relations to ${collection.name}`);
  }
}

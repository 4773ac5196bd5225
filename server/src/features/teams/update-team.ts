import { type Ctx, transaction } from '../../content/context.ts';
import { assertVersion, platformOne } from '../../content/platform-reply.ts';
import { prepared } from '../../platform/db/sql.ts';
import { lockScope, recordIn } from '../members/index.ts';
import { findTeam } from './team.mapper.ts';

const update = prepared(
  'update teams set name = $2, description = $3, updated_at = $4 where id = $1',
);

/** Changes what is given of a team. Throws NOT_FOUND, PRECONDITION_FAILED. */
export const updateTeam = (
  ctx: Ctx,
  input: {
    readonly id: string;
    readonly name?: string | undefined;
    readonly description?: string | null | undefined;
    readonly expected_version?: number | undefined;
  },
) =>
  transaction(ctx, async (tx) => {
    const { id } = input;
    await lockScope(tx, { kind: 'team', id });
    const before = await findTeam(tx, id);
    assertVersion(input.expected_version, before);
    const { name = before.name, description = before.description } = input;
    await tx.sql.rows(update, [id, name, description, tx.clock.now().toISOString()]);
    await recordIn(
      tx,
      { kind: 'team', id },
      {
        type: 'team.updated',
        before: { name: before.name, description: before.description },
        after: { name, description },
      },
    );
    return platformOne(await findTeam(tx, id));
  });

import type { usersContracts } from '@cms/contracts';
import { contentOne } from '../../content/content-reply.ts';
import type { HandlersOf } from '../../content/handlers.ts';
import type { Accounts } from '../accounts/index.ts';
import { createUser } from './create-user.ts';
import { deleteUser } from './delete-user.ts';
import { listUsers } from './list-users.ts';
import { readUser } from './read-user.ts';
import { updateUser } from './update-user.ts';
import { toUserResource } from './user.mapper.ts';

export const usersHandlers = (accounts: Accounts) =>
  ({
    list: listUsers,
    create: async (ctx, { data }) => contentOne(ctx, toUserResource(await createUser(ctx, data))),
    get: async (ctx, { id }) => contentOne(ctx, toUserResource(await readUser(ctx, id))),
    update: async (ctx, input) =>
      contentOne(ctx, toUserResource(await updateUser(accounts, ctx, input))),
    delete: (ctx, input) => deleteUser(accounts, ctx, input),
  }) satisfies HandlersOf<typeof usersContracts>;

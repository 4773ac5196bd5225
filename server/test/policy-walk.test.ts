import {
  type Contract,
  type Permission,
  permissions,
  projectPermissions,
  projectRoles,
  rolePermissions,
} from '@cms/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { register } from './accounts.ts';
import { type Ask, type Reply, startTestServer, type TestServer } from './harness.ts';
import { makeKey } from './keys.ts';
import { makeProject, picking } from './projects.ts';
import { callRest, callTrpc, missing, procedures, trpcCode, withoutId } from './walk.ts';

/**
 * Every procedure as every kind of caller, over REST and over tRPC: each role, a key with every single
 * scope, a key with all but that scope, and those of another project. Nobody gets in but whom the
 * contract's permission lets in, and who is let in is not refused for who it is.
 */
let server: TestServer;
/** A private project, and a team, that all of them are in. */
let project: string;
let team: string;
let entryId: string;

interface Caller {
  readonly name: string;
  readonly key: string;
  readonly kind: 'user' | 'key';
  readonly held: ReadonlySet<Permission>;
}
const callers: Caller[] = [];
/** A member and a key of another private project, who own that. */
const strangers: Caller[] = [];
let elsewhere: string;

beforeAll(async () => {
  server = await startTestServer();
  [project, elsewhere] = [await makeProject(server), await makeProject(server)];
  const made = await server.ask('POST', '/v1/teams', { body: { name: 'Walkers' } });
  team = String(made.body['data']?.['id']);
  const there = picking(project);
  await server.ask('POST', '/api/v1/collections', {
    ...there,
    body: { name: 'things', fields: [{ name: 'title', type: 'text' }] },
  });
  const entry = await server.ask('POST', '/api/v1/collections/things/entries', {
    ...there,
    body: { title: 'x' },
  });
  entryId = String(entry.body['id']);
  const { sql } = server.app.services.database;
  const join = async (id: string, table: string, home: string, role: string) => {
    const text = `insert into ${table}_members (account_id, ${table}_id, role, created_at) values ($1, $2, $3, now())`;
    await sql.rows({ text }, [id, home, role]);
    await sql.rows({ text: `select pg_notify('cms_accounts', $1)` }, [id]);
  };
  for (const role of projectRoles) {
    const { id, access } = await register(server, `${role}@example.com`);
    await join(id, 'project', project, role);
    await join(id, 'team', team, role);
    const held = new Set<Permission>(rolePermissions[role]);
    callers.push({ name: role, key: access, kind: 'user', held });
  }
  const addKey = async (name: string, held: readonly Permission[]) => {
    const { key } = await makeKey(server, { project_id: project, scopes: held });
    // Who manages everybody's keys manages its own.
    const implied = held.includes('keys:manage') ? (['keys:manage_own'] as const) : [];
    callers.push({ name, key, kind: 'key', held: new Set([...held, ...implied]) });
  };
  for (const permission of permissions) {
    await addKey(`a key with ${permission}`, [permission]);
    await addKey(
      `a key without ${permission}`,
      // Who may write content may write its own.
      permissions.filter((each) => !each.startsWith(permission)),
    );
  }
  const { id, access } = await register(server, 'stranger@example.com');
  await join(id, 'project', elsewhere, 'owner');
  const held = new Set<Permission>(projectPermissions);
  strangers.push({ name: 'an owner of another project', key: access, kind: 'user', held });
  const { key } = await makeKey(server, { project_id: elsewhere, scopes: ['admin'] });
  strangers.push({ name: 'a key of another project', key, kind: 'key', held });
}, 120_000);
afterAll(() => server.close());

type Answer = 'in' | 'UNAUTHORIZED' | 'FORBIDDEN' | 'NOT_FOUND';

/** People alone make teams and projects; keys belong to one. */
const ofPeople = ({ kind }: Caller): Answer => (kind === 'user' ? 'in' : 'FORBIDDEN');
/** Everybody may leave, and who manages members may remove others. */
const leaving = ({ held }: Caller): Answer => {
  if (!held.has('project:read')) return 'NOT_FOUND';
  return held.has('members:manage') ? 'in' : 'FORBIDDEN';
};
/** Those that decide by more than one permission of the contract. */
const further: Readonly<Record<string, (caller: Caller) => Answer>> = {
  'batch.run': ({ held }) =>
    held.has('content:write') || held.has('content:write_own') ? 'in' : 'FORBIDDEN',
  'projects.create': ofPeople,
  'teams.list': ofPeople,
  'teams.create': ofPeople,
  'members.remove': leaving,
  'teams.members.remove': (caller) => (caller.kind === 'user' ? leaving(caller) : 'NOT_FOUND'),
};

/** What the contract says of a caller who may know of the project and the team. */
function expected([name, { access }]: readonly [string, Contract], caller: Caller): Answer {
  const own = further[name];
  if (own) return own(caller);
  const { kind, held } = caller;
  if (access === 'public' || 'known' in access || 'perOperation' in access) return 'in';
  if ('signedIn' in access) return kind === 'user' ? 'in' : 'FORBIDDEN';
  const { permission, rule } = access;
  const has = held.has(permission);
  if (access.self !== undefined) return has ? 'in' : 'NOT_FOUND';
  // Keys belong to a project: no team knows them.
  if (access.team !== undefined && kind === 'key') return 'NOT_FOUND';
  if (access.team !== undefined || access.project !== undefined) {
    if (!held.has('project:read')) return 'NOT_FOUND';
    return has ? 'in' : 'FORBIDDEN';
  }
  const writesOwn = permission === 'content:write' && rule && held.has('content:write_own');
  return has || writesOwn ? 'in' : 'FORBIDDEN';
}

/** Nothing is changed by who is let in: what it names is missing, or at another version. */
const values = ({ access }: Contract) => {
  const named = access !== 'public' && 'permission' in access ? access : {};
  const inTeam = 'team' in named && named.team !== undefined;
  const inProject = 'project' in named && named.project !== undefined;
  const homeId = inTeam ? team : inProject ? project : missing;
  return { collection: 'nothing', id: homeId, entryId };
};
const more = ({ input }: Contract) =>
  'expected_version' in input.shape ? { expected_version: 999_999 } : {};
const asking = (key: string | null, projectId?: string): Ask => ({
  key,
  headers: {
    'if-match': '"999999"',
    ...(projectId === undefined ? {} : { 'x-project-id': projectId }),
  },
});

const codeOf = ({ body, status }: Reply): Answer => {
  if (status === 401) return 'UNAUTHORIZED';
  if (status === 403) return 'FORBIDDEN';
  return status === 404 && String(body['code']).toUpperCase() === 'NOT_FOUND' ? 'NOT_FOUND' : 'in';
};
/** Whether an answer is the expected one: for who is let in, what it named may be missing. */
const agrees = (answer: Answer, wanted: Answer): boolean =>
  wanted === 'in' ? answer !== 'UNAUTHORIZED' && answer !== 'FORBIDDEN' : answer === wanted;

/** Ends the session of who calls it, or slows it down: their keys and strangers are asked alone. */
const ending = new Set(['auth.logout', 'auth.sessions.endOthers', 'auth.changePassword']);
const guarded = procedures.filter(([, { access }]) => access !== 'public');

describe.each(guarded)('%s', (name, contract) => {
  it('lets in whom its permission lets in, and nobody else', async () => {
    const wrong: string[] = [];
    for (const caller of callers) {
      if (caller.kind === 'user' && ending.has(name)) continue;
      const wanted = expected([name, contract], caller);
      const ask = asking(caller.key, caller.kind === 'user' ? project : undefined);
      const replies = await callRest(server, contract, values(contract), ask);
      for (const reply of replies)
        if (!agrees(codeOf(reply), wanted))
          wrong.push(`${caller.name}: ${reply.status} instead of ${wanted}`);
      const entry = [name, contract] as const;
      const viaTrpc = await callTrpc(server, entry, values(contract), ask, more(contract));
      const answer = (trpcCode(viaTrpc) ?? 'in') as Answer;
      if (!agrees(answer, wanted))
        wrong.push(`${caller.name} over tRPC: ${answer} instead of ${wanted}`);
    }
    expect(wrong).toEqual([]);
  });

  it('says the same of what is foreign and of what is missing', async () => {
    const entry = [name, contract] as const;
    const theirs = { ...values(contract), collection: 'things' };
    if (theirs.id === missing && contract.path.includes('{id}')) theirs.id = entryId;
    const none = { collection: 'nothing', id: missing, entryId };
    for (const { key, kind } of strangers) {
      if (kind === 'user' && ending.has(name)) continue;
      // In its own project, by the ids and names of another.
      const own = asking(key, kind === 'user' ? elsewhere : undefined);
      const [foreign, gone] = [
        await callRest(server, contract, theirs, own),
        await callRest(server, contract, none, own),
      ];
      if (contract.path.includes('{')) expect(foreign.map(withoutId)).toEqual(gone.map(withoutId));
      // In that project, by its id.
      const there = await callRest(server, contract, theirs, asking(key, project));
      const nowhere = await callRest(
        server,
        contract,
        theirs,
        asking(key, `proj_${missing.slice(4)}`),
      );
      expect(there.map(({ status }) => status)).toEqual(there.map(() => 404));
      expect(there.map(withoutId)).toEqual(nowhere.map(withoutId));
      const viaTrpc = await callTrpc(server, entry, theirs, asking(key, project), more(contract));
      expect(viaTrpc.status).toBe(404);
    }
  });
});

it('walks every caller, and finds every kind of answer', () => {
  expect(callers.length).toBe(projectRoles.length + 2 * permissions.length);
  const answers = guarded.flatMap((entry) => callers.map((caller) => expected(entry, caller)));
  expect(new Set(answers)).toEqual(new Set(['in', 'FORBIDDEN', 'NOT_FOUND']));
});

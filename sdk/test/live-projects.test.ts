import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../src/index.ts';
import { apiKey, type RunningServer, startServer } from './server.fixture.ts';

describe('projects through the client', () => {
  let server: RunningServer;
  const client = () => createClient({ url: server.url, apiKey });

  beforeAll(async () => {
    server = await startServer();
  }, 120_000);
  afterAll(() => server?.stop());

  it('lists and creates as document S2 shows it', async () => {
    const project = await client().projects.create({ name: 'My Project', template: 'blank' });
    expect(project).toMatchObject({ name: 'My Project', deployments: { total: 0, latest: null } });
    const projects = await client().projects.list();
    expect(projects.data.map(({ id }) => id)).toContain(project.id);
    expect(projects.pagination).toMatchObject({ page: 1, limit: 20, total: 2 });
  });

  it('changes, deletes and restores one, and walks all of them', async () => {
    const { projects } = client();
    const { id, revision } = await projects.create({ name: 'Changing' });
    expect(await projects.update(id, { name: 'Changed' }, { ifMatch: revision })).toMatchObject({
      name: 'Changed',
      revision: revision + 1,
    });
    await expect(projects.update(id, { name: 'x' }, { ifMatch: revision })).rejects.toMatchObject({
      status: 412,
      code: 'PRECONDITION_FAILED',
    });
    await projects.delete(id);
    await expect(projects.get(id)).rejects.toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect(await projects.restore(id)).toMatchObject({ id, name: 'Changed' });
    const names: string[] = [];
    for await (const project of projects.iterate({ limit: 1 })) names.push(project.name);
    expect(names).toEqual(['Changed', 'My Project', 'Default']);
  });

  it('picks a project for a client, or for one call', async () => {
    const { id } = await client().projects.create({ name: 'Shop', template: 'shop' });
    const own = createClient({ url: server.url, apiKey, project: id });
    const names = (await own.collections.list()).items.map(({ name }) => name);
    expect(names).toEqual(['categories', 'customers', 'orders', 'products']);
    expect((await client().collections.list({}, { project: id })).total).toBe(4);
    expect((await client().collections.list()).total).toBe(0);
  });
});

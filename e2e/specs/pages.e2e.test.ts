import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, openBrowser } from '../support/open-browser.ts';
import { createSamples } from '../support/sample-collections.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openPage } from '../support/watched-page.ts';

// What a person sees who opens the server's address in a browser.
describe.runIf(hasBrowser())('in a browser', () => {
  let server: RunningServer;
  let browser: Browser;
  const pictures = process.env['CMS_E2E_PICTURES'] ?? temporaryFolder();

  beforeAll(async () => {
    browser = await openBrowser();
    server = await startServer();
    await createSamples(server);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const picture = (page: Page, name: string) =>
    page.screenshot({ path: join(pictures, `${name}.png`) });

  test('the front page says where things are, and every link leads there', async () => {
    const { page, complaints, strangers } = await openPage(browser, server.url);
    await page.goto(server.url);
    expect(await page.title()).toBe('Headless CMS');
    expect(await page.locator('h1').textContent()).toBe('Headless CMS');
    await picture(page, 'front');

    const links = await page
      .locator('a')
      .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    expect(links).toContain(`${server.url}/docs`);
    for (const link of links) expect((await fetch(link)).status, link).toBe(200);
    expect({ complaints, strangers }).toEqual({ complaints: [], strangers: [] });
    await page.close();
  });

  test(
    'the documentation creates a collection and an entry in it',
    { timeout: 180_000 },
    async () => {
      const { page, complaints, strangers } = await openPage(browser, server.url);
      await page.goto(`${server.url}/docs`);
      await page.locator('.opblock-tag[data-tag="Collections"]').waitFor();
      await picture(page, 'docs');

      await authorize(page, server.apiKey);
      // With the key it has the collections that only a key may see.
      await scrolledTo(page, page.locator('.opblock-tag[data-tag="people"]'));

      const collection = await tryOut(page, 'Collections', 'collections_create', {
        name: 'notes',
        fields: [{ name: 'text', type: 'text', required: true }],
      });
      expect(collection).toMatchObject({ status: '201', body: { name: 'notes' } });
      const entry = await tryOut(
        page,
        'Entries',
        'entries_create',
        { data: { text: 'Written in the browser' } },
        { collection: 'notes' },
      );
      expect(entry).toMatchObject({
        status: '201',
        body: { collection: 'notes', version: 1, data: { text: 'Written in the browser' } },
      });
      await picture(page, 'docs-created');
      expect({ complaints, strangers }).toEqual({ complaints: [], strangers: [] });
      await page.close();
    },
  );
});

async function authorize(page: Page, key: string): Promise<void> {
  await page.locator('.auth-wrapper .authorize').first().click();
  const dialog = page.locator('.dialog-ux');
  const bearer = dialog.locator('.auth-container', { hasText: 'bearer' }).first();
  await bearer.locator('input').first().fill(key);
  await bearer.locator('button.authorize').click();
  await dialog.locator('button.btn-done').first().click();
}

/** Scrolls down, again and again, until something is there: of a long page only what is in sight exists. */
async function scrolledTo(page: Page, wanted: Locator): Promise<void> {
  const started = performance.now();
  while ((await wanted.count()) === 0) {
    if (performance.now() - started > 60_000) throw new Error('It is nowhere on the page.');
    await page.evaluate(async () => {
      const { scrollY, innerHeight, document, scrollTo } = globalThis as unknown as Window;
      const isEnd = scrollY + innerHeight + 1 >= document.documentElement.scrollHeight;
      scrollTo(0, isEnd ? 0 : scrollY + innerHeight / 2);
      // What comes into sight is drawn in the next frames.
      for (let frame = 0; frame < 3; frame += 1)
        await new Promise((drawn) => requestAnimationFrame(drawn));
    });
  }
}

/** Fills in an operation's form, sends it, and reads the reply that the page shows. */
async function tryOut(
  page: Page,
  tag: string,
  operationId: string,
  body: unknown,
  parameters: Readonly<Record<string, string>> = {},
): Promise<{ status: string | null; body: unknown }> {
  const operation = page.locator(`[id="operations-${tag}-${operationId}"]`);
  await scrolledTo(page, operation);
  await operation.locator('.opblock-summary-control').click();
  for (const [name, value] of Object.entries(parameters))
    await operation.locator(`tr[data-param-name="${name}"] input`).fill(value);
  await operation.locator('textarea.body-param__text').fill(JSON.stringify(body));
  await operation.locator('button.execute').click();
  const live = operation.locator('.live-responses-table');
  const shown: Locator = live.locator('.response-col_description pre').first();
  await shown.waitFor();
  const status = await live.locator('.response-col_status').last().textContent();
  return { status: status?.trim() ?? null, body: JSON.parse((await shown.textContent()) ?? '') };
}

import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

const help = `
==========================================================================
NO BROWSER: install Chromium, or name one with CHROMIUM_PATH. To go on
without the tests that need it, set ALLOW_NO_BROWSER=1.
==========================================================================
`;

/** Where the browser is: CHROMIUM_PATH, or one of the usual places. Undefined where there is none. */
export const browserPath: string | undefined =
  process.env['CHROMIUM_PATH'] ?? usual.find((path) => existsSync(path));

/**
 * Whether the tests that drive a browser run. Without one that is only false, and said loudly, where
 * ALLOW_NO_BROWSER=1 allows it; else they run, and fail.
 */
export function hasBrowser(): boolean {
  if (browserPath !== undefined || process.env['ALLOW_NO_BROWSER'] !== '1') return true;
  process.stderr.write(help);
  return false;
}

/** Starts the browser without a window. Throws, with what to do, where there is none. */
export async function openBrowser(): Promise<Browser> {
  if (browserPath === undefined) throw new Error(help);
  return chromium.launch({
    executablePath: browserPath,
    // The browser only ever shows the pages under test; containers give it no sandbox of its own.
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const root = join(import.meta.dirname, '..');
const program = join(root, 'dist', 'main.js');

/** Where the tests put what they see: one PNG for each page, width and theme. */
export const shots = join(root, 'shots');

/** A program that runs: what it said so far, and its end. */
interface Running {
  readonly child: ChildProcess;
  readonly said: () => string;
  /** The exit code, once it has ended. */
  readonly ended: Promise<number | null>;
}

/** A site the built program serves from a folder of its own. */
export interface Site extends Running {
  readonly url: string;
  readonly data: string;
  stop(): Promise<void>;
}

/** Runs the built program with the given arguments. */
export function runProgram(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  return {
    child,
    said: () => said,
    ended: new Promise((resolve) => child.on('exit', (code) => resolve(code))),
  };
}

/** Serves a new archive, with the demo works unless told otherwise, and waits until it says that it is open. */
export async function startSite(
  options: { readonly demo?: boolean; readonly data?: string } = {},
): Promise<Site> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'variorum-site-'));
  const running = runProgram(['serve', ...(options.demo === false ? [] : ['--demo'])], {
    VARIORUM_DATA: data,
    PORT: '0',
    // Nobody listens there: pages that offer mail can be looked at, and none is sent.
    VARIORUM_SMTP: 'smtp://127.0.0.1:9',
    VARIORUM_MAIL_FROM: 'archive@archive.example',
  });
  const url = await whenSaid(running, /open at (\S+).*Ctrl-C/s);
  return {
    ...running,
    url,
    data,
    async stop() {
      running.child.kill('SIGTERM');
      await running.ended;
    },
  };
}

/** Waits until a program has said something; gives its first group. @throws Error when it ends or takes 30 s */
export async function whenSaid(running: Running, pattern: RegExp): Promise<string> {
  for (let waited = 0; waited < 30_000; waited += 50) {
    const found = pattern.exec(running.said())?.[1];
    if (found !== undefined) return found;
    if (running.child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the program did not say ${pattern}: ${running.said()}`);
}

/**
 * The system's Chromium, without anything it would ask of other hosts: best the shell without an interface, which
 * shows the same pages in half the time.
 */
export function startBrowser(): Promise<Browser> {
  const places = [
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  const executablePath = places.find((path) => existsSync(path));
  if (executablePath === undefined)
    throw new Error('Chromium is not on this machine: sudo apt-get install chromium-headless-shell');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** How a page is looked at. */
export interface Look {
  readonly width: 320 | 390 | 1280;
  readonly scheme: 'light' | 'dark';
  readonly scripts: boolean;
}

/** A tab that remembers every request to another host and every error a page had. */
export interface Tab {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly outside: readonly string[];
  readonly errors: string[];
  /** Has the pages opened from now on report what their content security policy forbade. */
  watchPolicy(): Promise<void>;
  /** What the policy of the page now open forbade. */
  policyViolations(): Promise<string[]>;
}

export async function openTab(browser: Browser, site: { readonly url: string }, look: Look): Promise<Tab> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.width === 1280 ? 900 : 844 },
    colorScheme: look.scheme,
    javaScriptEnabled: look.scripts,
    deviceScaleFactor: 1,
    // A page is looked at when it has its colours, not on their way from one scheme to the other.
    reducedMotion: 'reduce',
    // Phones are touched, and the style sheet makes room for fingers where they are.
    hasTouch: look.width < 1280,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const outside: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(site.url) && !request.url().startsWith('data:'))
      outside.push(request.url());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return {
    page,
    context,
    outside,
    errors,
    watchPolicy: async () => {
      await context.addInitScript(
        `globalThis.forbidden = []; addEventListener('securitypolicyviolation', (e) => forbidden.push(e.violatedDirective + ' ' + e.blockedURI))`,
      );
    },
    policyViolations: () => page.evaluate<string[]>('globalThis.forbidden ?? []'),
  };
}

/** Keeps a picture of the whole page under `shots/`, and gives it (PNG). */
export async function shoot(page: Page, name: string): Promise<Buffer> {
  mkdirSync(shots, { recursive: true });
  return page.screenshot({ path: join(shots, `${name}.png`), fullPage: true, animations: 'disabled' });
}

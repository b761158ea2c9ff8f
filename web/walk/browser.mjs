// Debian's Chromium, and what the walk looks at on every page.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env.ZH_SHOTS ?? '../build/walk';
mkdirSync(shots, { recursive: true });

export const wide = { width: 1280, height: 860 };
export const narrow = { width: 390, height: 844 };

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

// A window of its own; what its console complains about is collected.
export async function open(browser, centre, { cookie, language = 'zh', viewport = wide, dark = false } = {}) {
  const context = await browser.newContext({
    viewport,
    baseURL: centre.address,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  if (cookie) await context.addCookies([cookie]);
  await context.addInitScript((spoken) => localStorage.setItem('zhiheng.language', spoken), language);
  const page = await context.newPage();
  page.setDefaultTimeout(45_000);
  page.complaints = [];
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) page.complaints.push(message.text());
  });
  page.on('response', (response) => {
    // What is still being made says when to ask again.
    const isMade = response.status() === 503 && response.headers()['retry-after'] !== undefined;
    if (response.status() >= 500 && !isMade) page.complaints.push(`${response.status()} ${response.url()}`);
  });
  return page;
}

// Waits until a function of the page says so. (The library's own way to wait compiles text in the page, which the desk's
// policy forbids.)
export async function until(page, holds, given) {
  const end = Date.now() + 45_000;
  while (!(await page.evaluate(holds, given))) {
    if (Date.now() > end) throw new Error(`never came true: ${holds}`);
    await page.waitForTimeout(50);
  }
}

// Goes to another page of the desk as its own links do, without loading the desk again.
export async function follow(page, path) {
  await page.evaluate((to) => {
    history.pushState({}, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
  await until(page, (to) => document.querySelector('#content')?.dataset.path === to, path.split('?')[0]);
}

// Until nothing is loading any more and the charts are drawn.
export async function settled(page) {
  await until(
    page,
    () => document.querySelector('#content') && !document.querySelector('.ant-skeleton, .ant-spin-spinning') && !document.querySelector('.ant-drawer-open .ant-skeleton'),
  );
  await page.waitForTimeout(150);
}

export const shot = (page, name, options = {}) => page.screenshot({ path: join(shots, `${name}.png`), ...options });

// Nothing that a page must never show, nothing wider than the window, no complaint, no serious accessibility fault.
export async function sound(page, where) {
  const text = await page.evaluate(() => document.body.innerText);
  for (const wrong of [/\bundefined\b/, /\bNaN\b/, /\[object Object\]/, /\bnull\b/, /\{\{\w+\}\}/]) assert.doesNotMatch(text, wrong, where);
  const below = await page.evaluate(() => document.documentElement.scrollHeight - (document.querySelector('.desk')?.offsetHeight ?? innerHeight));
  assert.ok(below <= 50, `${where}: ${below} px of nothing below the page`);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `${where}: ${over} px wider than the window`);
  assert.deepEqual(page.complaints, [], where);
  await page.evaluate((source) => window.axe ?? (0, eval)(source), axe);
  const faults = await page.evaluate(async () => {
    // Rows of a list are alike: the first ones speak for all.
    const { violations } = await window.axe.run({ exclude: ['tbody > tr:nth-child(n + 13)'] }, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
  });
  assert.deepEqual(faults, [], `${where}: accessibility`);
}

// The page as it stands, in both languages, wide and narrow: pictures of both, and both sound.
export async function seen(page, name) {
  const inOtherWords = () => page.evaluate(() => document.querySelector('.top button[lang]').click());
  await settled(page);
  await shot(page, name);
  await sound(page, name);
  await inOtherWords();
  await page.setViewportSize(narrow);
  await settled(page);
  await shot(page, `${name}-other-390`);
  await sound(page, `${name}, in the other language at 390 px`);
  await inOtherWords();
  await page.setViewportSize(wide);
  await settled(page);
}

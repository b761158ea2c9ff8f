// The record of a contact as those hear it who may: who speaks when, what checks found as pins on the waveforms, and a
// recording that breaks off. The demo centre synthesises its recordings; the server measures them after its start.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { seen, settled, until } from './browser.mjs';

const during = 'from=2026-10-01&to=2026-11-10';

// The first contact in the running round, of those with recordings, of whose acoustics and findings that holds. The server
// is given time to measure them.
async function contactWhose(page, holds) {
  await page.goto('/account'); // a page of the desk, to ask from
  await settled(page);
  const ask = (paths) =>
    page.evaluate(async (all) => {
      const answers = await Promise.all(all.map((path) => fetch(`/api/v1/${path}`)));
      return Promise.all(answers.map((answer) => (answer.ok ? answer.json() : undefined)));
    }, paths);
  const round = await ask(Array.from({ length: 48 }, (_, nth) => `quality/inspections/2-1-${nth + 1}`));
  const ids = round.flatMap((record) => (record ? [encodeURIComponent(record.contact)] : []));
  const recordings = await ask(ids.map((id) => `contacts/${id}/recordings`));
  const heard = ids.filter((_, at) => recordings[at]?.length === 2);
  assert.ok(heard.length > 0, 'no contact of the round has recordings');
  for (let tries = 0; tries < 40; tries++) {
    const acoustics = await ask(heard.map((id) => `contacts/${id}/acoustics`));
    const findings = await ask(heard.map((id) => `contacts/${id}/findings`));
    const found = heard.find((_, at) => acoustics[at] && findings[at]?.checked && holds({ acoustics: acoustics[at], findings: findings[at].findings }));
    if (found) return found;
    await page.waitForTimeout(1000);
  }
  throw new Error(`none of ${heard.length} contacts with recordings is like that`);
}

const open = async (page, id) => {
  await page.goto(`/contacts/${id}?${during}`);
  await page.locator('.player-stage .band').first().waitFor();
  await page.locator('.player-bar button:not([disabled]):not(.ant-btn-loading)').waitFor();
  await settled(page);
};

export function soundWalk(as) {
  it('a recording shows who speaks when; pins lead to the moment, the turn and the words', () =>
    as('inspector', {}, async (page) => {
      const hitWithTime = ({ kind, start_ms: start, turn }) => kind === 'hit' && start > 0 && turn !== null;
      const id = await contactWhose(page, ({ findings }) => findings.some(hitWithTime) && findings.some(({ kind }) => kind === 'missing'));
      await open(page, id);
      for (const lane of ['.band-speech-customer', '.band-speech-agent', '.band-hit']) assert.ok((await page.locator(lane).count()) > 0, lane);
      assert.equal(await page.locator('.pin-line').count(), await page.locator('.band-hit').count());
      await page.locator('.band-hit').first().focus();
      await page.keyboard.press('Enter');
      await page.locator('.turn[aria-current]').waitFor();
      await page.locator('.band-hit[aria-current], .hit-place[aria-current]').first().waitFor();
      const [moment] = (await page.locator('.band-hit').first().getAttribute('aria-label')).split('–');
      await until(page, (at) => document.querySelector('[role=timer]').textContent.startsWith(`${at} `), moment);
      await seen(page, 'contact-sound');
      // A miss leads to where it was looked for.
      await page.getByRole('button', { name: /句话里找过/ }).first().click();
      await page.locator('.turn-looked').first().waitFor();
      // What is heard is the turn that is marked.
      const second = page.locator('.turn').nth(1);
      await second.getByRole('button').click();
      await until(page, () => document.querySelectorAll('.turn')[1].getAttribute('aria-current') === 'true');
    }));

  it('a recording that breaks off says so; the leg is drawn as long as it is', () =>
    as('qa_supervisor', {}, async (page) => {
      const id = await contactWhose(page, ({ acoustics }) => acoustics.diagnostics.some(({ loses_audio: loses }) => loses));
      await open(page, id);
      await page.getByText('录音没有读完整').waitFor();
      const width = (leg) => page.locator('.player-stage .player-leg:not(.player-lane)').nth(leg).locator('> div > div').evaluate((wave) => wave.clientWidth);
      const [customer, agent] = [await width(0), await width(1)];
      assert.ok(customer < 0.8 * agent, `${customer} px of ${agent} px`);
      await seen(page, 'contact-damaged');
    }));
}

// Automatic checks as those who work with them: a check is written, tried and published by two people; what it found is
// judged in the workbench. Each step stands on the one before.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { narrow, settled, shot, sound, until } from './browser.mjs';

// Every contact of the demo centre is checked in the background after the start.
const checked = (page) =>
  until(page, async () => {
    const answer = await fetch('/api/v1/checks/statistics?from=2026-10-01&to=2026-10-31');
    return answer.ok && (await answer.json()).some(({ check, spoke_up: hits }) => check === 'stiff_words' && hits > 10);
  });

const yaml = (page) => page.getByLabel('检查的 YAML');
const compiles = (page) => page.getByText('没有问题').waitFor();

// The first of the inspector's records that has at least two proposals.
const proposed = (page) =>
  page.evaluate(async () => {
    const of = async (path) => (await fetch(`/api/v1/quality/${path}`)).json();
    for (const { key } of await of('queue')) {
      if ((await of(`inspections/${key}/proposals`)).length >= 2) return key;
    }
    return undefined;
  });

export function checksWalk(as) {
  it('a supervisor writes a check as text and as form, and is told what does not compile', () =>
    as('qa_supervisor', {}, async (page) => {
      await page.goto('/checks?q=生硬');
      await page.getByRole('link', { name: '生硬语言' }).click();
      await compiles(page);
      await yaml(page).fill((await yaml(page).inputValue()).replace('points: 4', 'points: 14'));
      await page.getByRole('button', { name: '第 6 行' }).waitFor();
      await shot(page, 'check-problem');
      await sound(page, 'a check with a problem');
      await page.getByLabel('建议扣分').fill('5');
      await compiles(page);
      assert.match(await yaml(page).inputValue(), /points: 5\n/);
      await page.getByRole('button', { name: '用例子' }).click();
      await page.getByText('会提示').waitFor();
      assert.equal(await page.locator('.said-words mark').count(), 1);
      await shot(page, 'check-bench');
      await sound(page, 'the test bench');
    }));

  it('comes back to what was written, tries it on last month, and puts it into a draft', () =>
    as('qa_supervisor', {}, async (page) => {
      await page.goto('/checks');
      await checked(page);
      await page.goto('/checks/edit/stiff_words');
      await compiles(page);
      await yaml(page).fill((await yaml(page).inputValue()).replace('points: 4', 'points: 5'));
      await compiles(page);
      await page.reload();
      await compiles(page);
      assert.match(await yaml(page).inputValue(), /points: 5\n/);
      await page.getByRole('tab', { name: '在上月试查' }).click();
      await page.getByRole('button', { name: '试查' }).click();
      await page.getByText('会提示的联络').first().waitFor();
      await settled(page);
      await shot(page, 'check-trial');
      await sound(page, 'a check tried on last month');
      await page.getByRole('button', { name: '放进草案' }).click();
      await page.getByRole('dialog').getByLabel('草案标题').fill('生硬语言扣五分');
      await page.getByRole('dialog').getByRole('button', { name: '放进草案' }).click();
      await page.locator('.difference-new').getByText('points: 5').waitFor();
      await page.getByRole('button', { name: '核对' }).click();
      await page.getByText('已核对').waitFor();
      assert.equal(await page.getByRole('button', { name: '发布' }).count(), 0);
      await shot(page, 'check-draft');
      await sound(page, 'a draft');
    }));

  it('a manager consults and publishes what somebody else wrote', () =>
    as('manager', { language: 'en' }, async (page) => {
      await page.goto('/checks/drafts');
      await page.getByRole('link', { name: /生硬语言扣五分/ }).click();
      await page.getByRole('button', { name: 'Record the consultation' }).click();
      await page.getByRole('textbox', { name: 'Consultation' }).fill('Staff representatives agreed on 20 November.');
      await page.getByRole('dialog').getByRole('button', { name: 'Record the consultation' }).click();
      await page.getByText('Consulted').first().waitFor();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: 'Publish' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
      await page.getByText('it cannot be changed any more').waitFor();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await shot(page, 'check-published');
      await sound(page, 'a published draft');
    }));

  it('what was found in a contact stands on its words, with the clause and where a miss was looked for', () =>
    as('inspector', { language: 'en' }, async (page) => {
      await page.goto('/contacts?from=2026-10-01&to=2026-11-10');
      await settled(page);
      const contact = await page.evaluate(async () => {
        const of = async (path) => (await fetch(`/api/v1/${path}`)).json();
        for (const { contact: id } of await of('quality/queue')) {
          const { findings } = await of(`contacts/${id}/findings`);
          if (findings.some(({ kind, from }) => kind === 'hit' && from !== null) && findings.some(({ kind }) => kind === 'missing')) return id;
        }
        return undefined;
      });
      await page.goto(`/contacts/${contact}?from=2026-10-01&to=2026-11-10`);
      await page.getByText('Not found', { exact: true }).first().waitFor();
      await page.locator('.hit-place', { hasText: '“' }).first().click(); // one with words
      await page.locator('.turn[aria-current] mark.hit-chosen').waitFor();
      await settled(page);
      await shot(page, 'contact-findings');
      await sound(page, 'findings of a contact');
    }));

  it('an inspector judges proposals by keyboard; only what is accepted is scored', () =>
    as('inspector', {}, async (page) => {
      await page.goto('/workbench');
      await settled(page);
      await page.goto(`/workbench/${await proposed(page)}`);
      await page.locator('.bench-rubric').waitFor();
      await settled(page);
      if (await page.getByRole('button', { name: /^领取/ }).isVisible()) await page.keyboard.press('t');
      await page.locator('.proposal').first().waitFor();
      const findings = await page.locator('.finding').count();
      const score = () => page.locator('.score').innerText();
      await page.locator('.score-head').getByText('已保存').waitFor();
      const before = await score();
      await page.keyboard.press('p');
      await page.keyboard.press('x');
      await page.keyboard.type('是客户的话');
      await page.keyboard.press('Enter');
      await page.locator('.proposal-rejected').getByText('是客户的话').waitFor();
      await page.locator('.score-head').getByText('已保存').waitFor();
      assert.deepEqual([await page.locator('.finding').count(), await score()], [findings, before]);
      await page.keyboard.press('a');
      await page.locator('.proposal-accepted').waitFor();
      await page.locator('.score-head').getByText('已保存').waitFor();
      assert.equal(await page.locator('.finding').count(), findings + 1);
      await until(page, (text) => document.querySelector('.score')?.textContent !== text, before);
      await shot(page, 'proposals');
      await sound(page, 'proposals in the workbench');
      await page.reload();
      await page.locator('.proposal-accepted').waitFor();
      await page.locator('.proposal-rejected').waitFor();
    }));

  it('what a check is worth: how often inspectors agree, with its interval, and why they do not', () =>
    as('qa_supervisor', {}, async (page) => {
      await page.goto('/checks/statistics?from=2026-10-01&to=2026-11-10');
      const line = page.getByRole('row').filter({ hasText: '报公司名称' });
      await line.getByText(/^\d+\.\d%$/).last().waitFor();
      await line.getByText(/% – .*%/).waitFor();
      await line.getByRole('button').click();
      await page.getByRole('dialog').getByText(/It was said|客户/).first().waitFor();
      await shot(page, 'check-rejections');
      await sound(page, 'rejections of a check');
    }));

  for (const [part, chosen] of [
    ['statistics', 'table.data-table'],
    ['consistency', '.contrast'],
  ]) {
    it(`${part}: zh at 1280 px, en at 390 px in the dark`, async () => {
      for (const look of [{}, { language: 'en', viewport: narrow, dark: true }]) {
        await as('manager', look, async (page) => {
          await page.goto(`/checks/${part}?from=2026-10-01&to=2026-11-10`);
          await page.locator(chosen).first().waitFor();
          await settled(page);
          await shot(page, `checks-${part}-${look.language ?? 'zh'}`);
          await sound(page, part);
        });
      }
    });
  }
}

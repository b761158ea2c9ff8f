// The agent reads a result on a telephone, checks that the draw was fair, asks and appeals; the appeal is read blind,
// accepted in part, asked again and decided finally; the score that the agent sees is the one that stands.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { narrow, seen, settled, shot, sound } from '../browser.mjs';
import { people } from '../centre.mjs';
import { agent } from './inspecting.mjs';
import { at, choose, confirm } from './steps.mjs';

const reason = '客户先报了姓名和电话。';
const appealOf = (page) => page.getByRole('row').filter({ hasText: agent });

// The result that the walk's records led to: the one with a severe finding in a chat.
async function openResult(page) {
  await at(page, '/results?from=2026-10-01&to=2026-10-31&state=published');
  await page.getByRole('row').filter({ hasText: '87.00' }).getByRole('link').first().click();
  await page.locator('.result-score').waitFor();
  await settled(page);
}
const severe = (page) => page.locator('.finding-entry').filter({ hasText: '−7' });

export function answeringWalk(as) {
  it('the agent sees the result with its evidence, asks about one finding and appeals against another', () =>
    as('agent', { viewport: narrow }, async (page) => {
      await openResult(page);
      await severe(page).getByRole('button', { name: /^到 / }).click(); // the evidence
      await page.locator('mark.marked-chosen').waitFor();
      await shot(page, 'result-390');
      await sound(page, 'result');
      const asked = page.locator('.finding-entry').filter({ hasText: '耐心倾听' });
      await asked.getByRole('button', { name: '提问' }).click();
      await asked.getByLabel('写下疑问或答复').fill('是哪一句？');
      await asked.getByRole('button', { name: '发送' }).click();
      await asked.getByText('是哪一句？').waitFor();
      await severe(page).getByRole('button', { name: '申诉', exact: true }).click();
      await severe(page).getByLabel(/^申诉理由/).fill(reason);
      await severe(page).getByRole('button', { name: '提出申诉' }).click();
      await severe(page).getByText('已提出').waitFor();
      await shot(page, 'result-appealed-390');
      await sound(page, 'result with an appeal');
    }));

  it('the agent draws the sample again in the own browser, and finds it fair', () =>
    as('agent', { language: 'en' }, async (page) => {
      await at(page, '/draws');
      await page.locator('tbody tr[data-row]').filter({ hasText: /\d{4}-\d\d-\d\d \d\d:\d\d.*\d{4}-\d\d-\d\d/ }).first().getByRole('link').click();
      await page.locator('.ant-alert-success').waitFor();
      assert.equal(await page.locator('.draw-steps .rise').count(), 4);
      await seen(page, 'own-draw');
    }));

  it('the inspector answers, and the agent sees the answer without reloading', () =>
    as('agent', {}, async (page) => {
      await openResult(page);
      await as('qa_supervisor', {}, async (other) => {
        await other.goto(new URL(page.url()).pathname);
        const asked = other.locator('.finding-entry').filter({ hasText: '耐心倾听' });
        await asked.getByRole('button', { name: '提问或答复' }).click();
        await asked.getByLabel('写下疑问或答复').fill('第二句。');
        await asked.getByRole('button', { name: '发送' }).click();
        await asked.getByText('第二句。').waitFor();
      });
      await page.getByText('第二句。').waitFor();
    }));

  it('the appeal is assigned blind: the second inspector reads the record before seeing what was found', async () => {
    await as('qa_supervisor', {}, async (page) => {
      await at(page, '/appeals');
      await seen(page, 'appeals');
      const row = page.getByRole('row').filter({ hasText: reason });
      await row.getByRole('button', { name: '指派' }).click();
      await choose(page, '复核人', people.second_inspector.staff);
      await page.getByRole('dialog').getByRole('checkbox', { name: /^盲评/ }).check();
      await confirm(page, '指派');
      await row.getByText('复核中').waitFor();
    });
    await as('second_inspector', {}, async (page) => {
      await at(page, '/appeals');
      assert.equal(await page.getByText(reason).count(), 0);
      await appealOf(page).getByRole('button', { name: '盲评' }).click();
      const drawer = page.getByRole('dialog');
      await drawer.locator('.dialogue').waitFor();
      assert.equal(await drawer.getByText('−7').count(), 0);
      await shot(page, 'appeal-blind');
      await sound(page, 'an appeal read blind');
      await choose(page, '您的评分', '一般 −5');
      await drawer.getByRole('button', { name: '给出盲评' }).click();
      await drawer.getByText(reason).waitFor();
      await drawer.getByText('部分采纳').click();
      await choose(page, '改为', '一般 −5');
      await drawer.getByLabel(/^答复理由/).fill('客户报了姓名，没有报电话。');
      await settled(page);
      await seen(page, 'appeal-decide');
      await drawer.getByRole('button', { name: '答复', exact: true }).click();
      await page.getByText('已答复 1 份申诉。').waitFor();
    });
  });

  it('the agent asks once more, and the supervisor decides finally', async () => {
    await as('agent', {}, async (page) => {
      await openAppealed(page);
      await page.getByText('客户报了姓名，没有报电话。').waitFor();
      const appealed = page.locator('.finding-entry').filter({ hasText: reason });
      await appealed.getByRole('button', { name: '再次申诉' }).click();
      await appealed.getByLabel(/^再次申诉的理由/).fill('电话在第四句。');
      await appealed.getByRole('button', { name: '再次申诉' }).click();
      await appealed.getByText('再次申诉', { exact: true }).first().waitFor();
    });
    await as('qa_supervisor', { language: 'en' }, async (page) => {
      await at(page, '/appeals');
      await page.getByRole('row').filter({ hasText: reason }).getByRole('button', { name: 'Decide' }).click();
      const drawer = page.getByRole('dialog');
      await drawer.getByText('Accepted', { exact: true }).click();
      await drawer.getByLabel(/^Why/).fill('The number is in the fourth turn.');
      await drawer.getByRole('button', { name: 'Decide', exact: true }).click();
      await page.getByText(/^Decided/).waitFor();
    });
  });

  it('the agent sees the score that stands, why, and acknowledges', () =>
    as('agent', {}, async (page) => {
      await openAppealed(page);
      await page.getByText('The number is in the fourth turn.').waitFor();
      assert.equal(await page.locator('.result-score').innerText(), '94.00');
      await page.getByRole('button', { name: '为什么' }).click();
      await page.locator('.why-tree.root').waitFor();
      await page.keyboard.press('Escape');
      await page.locator('.ant-drawer-open').waitFor({ state: 'hidden' });
      await seen(page, 'result');
      await page.getByRole('button', { name: '确认', exact: true }).click();
      await page.locator('.ant-popconfirm').getByRole('button', { name: '确认' }).click();
      await page.getByText(/已确认$/).waitFor();
    }));
}

async function openAppealed(page) {
  await at(page, '/appeals');
  await page.getByRole('row').filter({ hasText: reason }).getByRole('link').first().click();
  await page.locator('.result-score').waitFor();
  await settled(page);
}

// The quality room as those who work in it: a record is inspected, the week published, the agent appeals, and is answered.
// Each step stands on the one before.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { narrow, settled, shot, sound, until } from './browser.mjs';
import { people } from './centre.mjs';

const inspector = people.inspector.staff;

// Whatever the draft's state is, it ends saved.
const saved = (page) => page.locator('.score-head').getByText('已保存').waitFor();

// Marks the turn that the arrow keys stand on with an item, by keyboard, and says why.
async function find(page, item, why) {
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('f');
  await page.keyboard.type(item);
  await page.keyboard.press('Enter');
  await page.locator('.finding-open input:checked').waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await page.keyboard.type(why);
}

export function qualityWalk(as, centre) {
  it('an inspector takes a record, marks it by keyboard, leaves, comes back to the draft and submits it', () =>
    as('inspector', {}, async (page) => {
      await page.goto('/workbench');
      await settled(page);
      const take = page.getByRole('button', { name: /^领取/ });
      await page.locator('.score-head, .bench-rubric .nothing').first().waitFor();
      if (await take.isVisible()) await page.keyboard.press('t');
      await page.locator('.rubric-side').waitFor();
      const key = await page.locator('.queue a[aria-current]').getAttribute('href');
      await page.locator('.bench-record').click({ position: { x: 300, y: 5 } });
      await find(page, '2', '客户没有说完就解释。');
      await saved(page);
      await shot(page, 'workbench');
      await sound(page, 'workbench, marking');
      await page.goto(key);
      await page.getByText('客户没有说完就解释。').first().waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog').getByText('提交并领取下一份').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.keyboard.press('Control+Enter');
      await page.getByText(/^已提交 .* 的记录。$/).waitFor();
      await until(page, (before) => !location.pathname.endsWith(before), key);
      await page.locator('.rubric-side').waitFor(); // the next one is taken
    }));

  it('of two windows with one draft the second is told, and chooses', () =>
    as('inspector', {}, async (page) => {
      await page.goto('/workbench');
      await page.locator('.rubric-side').waitFor();
      const key = await page.locator('.queue a[aria-current]').getAttribute('href');
      await as('inspector', {}, async (other) => {
        await other.goto(key);
        await other.locator('.rubric-side').waitFor();
        await page.locator('.item-add').nth(0).click();
        await page.locator('.finding-open textarea').fill('第一个窗口');
        await saved(page);
        await other.locator('.item-add').nth(1).click();
        await other.getByText('这份检查在别处改过').waitFor();
        await shot(other, 'workbench-conflict');
        await sound(other, 'workbench, conflict');
        await other.getByRole('button', { name: '用服务器上的' }).click();
        await other.getByText('第一个窗口').waitFor();
      });
    }));

  it('a draft outlives the server', () =>
    as('inspector', {}, async (page) => {
      await page.goto('/workbench');
      await page.locator('.rubric-side').waitFor();
      await centre().kill();
      await page.locator('.item-add').nth(4).click();
      await page.locator('.finding-open textarea').fill('写在断线的时候');
      await page.getByText('未连上，已存本机').waitFor();
      await shot(page, 'workbench-offline');
      await centre().serve();
      await saved(page);
      await page.reload();
      await page.getByText('写在断线的时候').waitFor();
    }));

  it('the supervisor publishes what was handed in', () =>
    as('qa_supervisor', {}, async (page) => {
      await page.goto('/review');
      await settled(page);
      await page.locator('.clause-list a').filter({ hasText: '审核中' }).first().click();
      await page.getByRole('button', { name: '审核并公布' }).waitFor();
      await shot(page, 'review');
      await sound(page, 'review');
      await page.getByRole('button', { name: '审核并公布' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '审核并公布' }).click();
      await page.getByText(/^已公布 .* 的这一批。$/).waitFor();
    }));

  it('the agent reads the result on a telephone, asks about it and appeals', () =>
    as('agent', { viewport: narrow }, async (page) => {
      await page.goto('/results?state=published');
      await settled(page);
      await page.locator('tbody tr[data-row] a').first().click();
      await page.locator('.result-score').waitFor();
      await settled(page);
      await shot(page, 'result-390');
      await sound(page, 'result');
      const finding = page.locator('.finding-entry').first();
      await finding.getByRole('button', { name: /提问/ }).click();
      await finding.getByLabel('写下疑问或答复').fill('可以再听一遍吗？');
      await finding.getByRole('button', { name: '发送' }).click();
      await finding.getByText('可以再听一遍吗？').waitFor();
      await finding.getByRole('button', { name: '申诉', exact: true }).click();
      await finding.getByLabel(/^申诉理由/).fill('客户先打断了我。');
      await finding.getByRole('button', { name: '提出申诉' }).click();
      await finding.getByText('已提出').waitFor();
      await sound(page, 'result with an appeal');
    }));

  it('the appeal is assigned, decided with a reason, and the agent sees the new score', async () => {
    await as('qa_supervisor', {}, async (page) => {
      await page.goto('/appeals');
      await settled(page);
      await sound(page, 'appeals');
      const row = page.getByRole('row').filter({ hasText: '客户先打断了我。' });
      await row.getByRole('button', { name: '指派' }).click();
      await page.getByRole('combobox', { name: '复核人' }).click({ force: true });
      await page.locator('.ant-select-dropdown').getByText(inspector).click();
      await page.getByRole('dialog').getByRole('button', { name: '指派' }).click();
      await row.getByText('复核中').waitFor();
    });
    await as('inspector', {}, async (page) => {
      await page.goto('/appeals');
      await page.getByRole('row').filter({ hasText: '客户先打断了我。' }).getByRole('button', { name: '答复' }).click();
      const drawer = page.getByRole('dialog');
      await drawer.getByText('全部采纳').click();
      await drawer.getByLabel(/^答复理由/).fill('录音 0:10 起确是客户先插话。');
      await settled(page);
      await shot(page, 'appeal-decide');
      await sound(page, 'deciding an appeal');
      await drawer.getByRole('button', { name: '答复', exact: true }).click();
      await page.getByText('已答复 1 份申诉。').waitFor();
    });
    await as('agent', {}, async (page) => {
      await page.goto('/results');
      await settled(page);
      await page.goto('/appeals');
      await page.getByRole('row').filter({ hasText: '客户先打断了我。' }).getByText('已答复').waitFor();
      await page.getByRole('row').filter({ hasText: '客户先打断了我。' }).getByRole('link').click();
      await page.getByText('录音 0:10 起确是客户先插话。').waitFor();
      assert.match(await page.locator('.result-score').innerText(), /^\d+\.\d\d$/);
      await page.getByRole('button', { name: '确认', exact: true }).click();
      await page.locator('.ant-popconfirm').getByRole('button', { name: '确认' }).click();
      await page.getByText('已确认', { exact: true }).waitFor();
    });
  });
}

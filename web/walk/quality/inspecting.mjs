// Records are inspected: by keyboard, with drafts that outlive window, conflict and server; the week is handed in, sent
// back, handed in again and published; a severe finding is talked about before the week is closed.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { seen, settled, shot, sound, until } from '../browser.mjs';
import { at, confirm } from './steps.mjs';

export const agent = '陈雨桐';
const why = '没有核对身份就改了地址。';
const inspector = '曹慧敏';

// Whatever the draft's state is, it ends saved.
const saved = (page) => page.locator('.score-head').getByText('已保存').waitFor();

// Takes the record that is shown, unless it is in hand already.
async function take(page) {
  await page.locator('.score-head, .bench-rubric .nothing').first().waitFor();
  if (await page.getByRole('button', { name: /^领取/ }).isVisible()) await page.keyboard.press('t');
  await page.locator('.rubric-side').waitFor();
}

const keyInHand = (page) => page.locator('.queue a[aria-current]').getAttribute('href');

// Marks the turn that the arrow keys stand on with an item, by keyboard, as gravely as so many steps up the ladder.
async function find(page, item, steps, reason) {
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('f');
  await page.keyboard.type(item);
  await page.keyboard.press('Enter');
  await page.locator('.finding-open input:checked').waitFor();
  for (let step = 0; step < steps; ++step) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await page.keyboard.type(reason);
  await page.keyboard.press('Escape');
}

// One record of the agent's in the queue, written ones first shown.
async function openOf(page, who, channel) {
  const links = page.locator('.queue a').filter({ hasText: who }).filter({ hasText: channel });
  await links.first().click();
  await page.locator('.queue a[aria-current]').filter({ hasText: who }).waitFor();
  await settled(page);
}

export function inspectingWalk(as, centre) {
  it('an inspector marks a conversation by keyboard alone, leaves, comes back to the draft, and submits it', () =>
    as('inspector', {}, async (page) => {
      await at(page, '/workbench');
      await openOf(page, agent, '在线');
      await page.locator('.dialogue-chat').waitFor();
      await take(page);
      const key = await keyInHand(page);
      await find(page, '按流程', 6, why); // severe −7
      await find(page, '耐心', 1, '客户没有说完就解释。');
      await find(page, '业务熟悉', 3, '积分规则答错。'); // general −4: to be put right
      await saved(page);
      assert.equal(await page.locator('.score-head .score').innerText(), '87.00');
      await seen(page, 'workbench');
      await page.goto(key);
      await page.getByText(why).first().waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog').getByText('提交并领取下一份').waitFor();
      await shot(page, 'workbench-keys');
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
      await take(page);
      const key = await keyInHand(page);
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
    as('inspector', { language: 'en' }, async (page) => {
      await page.goto('/workbench');
      await page.locator('.rubric-side').waitFor();
      await centre().kill();
      await page.locator('.item-add').nth(4).click();
      await page.locator('.finding-open textarea').fill('written while the server was away');
      await page.getByText('Not connected, kept here').waitFor();
      await shot(page, 'workbench-offline');
      await centre().serve();
      await page.locator('.score-head').getByText('Saved').waitFor();
      await page.reload();
      await page.getByText('written while the server was away').waitFor();
    }));

  it('an unusable record is set aside with its reason, and the next of the draw takes its place', () =>
    as('inspector', {}, async (page) => {
      await page.goto('/workbench');
      await page.locator('.rubric-side').waitFor();
      const waiting = await page.locator('.queue a').count();
      const key = await keyInHand(page);
      await page.getByRole('button', { name: '标为不可用' }).click();
      await page.getByRole('dialog').getByLabel('理由').fill('录音只有噪声');
      await confirm(page, '标为不可用');
      await until(page, (before) => !document.querySelector(`.queue a[href="${before}"]`), key);
      await until(page, (before) => document.querySelectorAll('.queue a').length === before, waiting);
    }));

  it('the inspector hands the week in; the supervisor sends a record back, and says why', async () => {
    await as('inspector', {}, async (page) => {
      await at(page, '/review');
      await page.getByRole('button', { name: '上报本周' }).click();
      await page.getByText('已上报，等待审核。').waitFor();
    });
    await as('qa_supervisor', {}, async (page) => {
      await at(page, '/review');
      await openBatch(page);
      await page.getByRole('checkbox', { name: `选中 ${agent} 的检查以退回` }).check();
      await seen(page, 'review');
      await page.getByRole('button', { name: '退回选中的 1 份' }).click();
      await page.getByRole('dialog').getByLabel('审核意见').fill('请写明客户原话。');
      await confirm(page, '退回修改');
      await page.getByText(`已退回给 ${inspector}。`).waitFor();
    });
  });

  it('the inspector sees what is asked, mends it, and hands in again', () =>
    as('inspector', {}, async (page) => {
      await at(page, '/workbench');
      await page.locator('.queue a').filter({ hasText: '退回' }).first().click();
      await page.getByText('请写明客户原话。').waitFor();
      await page.locator('.finding').filter({ hasText: why }).first().click();
      await page.locator('.finding-open textarea').fill(`${why}客户说“我改个地址”。`);
      await saved(page);
      await shot(page, 'workbench-sent-back');
      await sound(page, 'workbench, sent back');
      await page.keyboard.press('Control+Enter');
      await page.getByText(/^已提交 .* 的记录。$/).waitFor();
      await at(page, '/review');
      await page.getByRole('button', { name: '上报本周' }).click();
      await page.getByText('已上报，等待审核。').waitFor();
    }));

  it('the supervisor publishes it, and closes it once the talk about the severe finding is recorded', () =>
    as('qa_supervisor', {}, async (page) => {
      await at(page, '/review');
      await openBatch(page);
      await page.getByRole('button', { name: '审核并公布' }).click();
      await confirm(page, '审核并公布');
      await page.getByText(/^已公布 .* 的这一批。$/).waitFor();
      const batch = page.url();
      assert.equal(await page.getByRole('button', { name: '办结' }).count(), 0, 'a talk is due');
      await page.getByRole('tab', { name: /待谈话/ }).click();
      await page.getByRole('row').filter({ hasText: agent }).getByRole('button', { name: '记录谈话' }).click();
      await shot(page, 'talk');
      await sound(page, 'recording a talk');
      await page.getByRole('dialog').getByLabel('谈了什么、约定了什么').fill('已沟通，改地址前先核对身份。');
      await confirm(page, '记录谈话');
      await page.getByRole('row').filter({ hasText: agent }).waitFor({ state: 'detached' });
      await at(page, batch);
      await page.getByRole('button', { name: '办结' }).click();
      await page.getByText('已办结').first().waitFor();
    }));
}

// The batch that was handed in last: the one with the walk's record.
async function openBatch(page) {
  await page.locator('.clause-list a').filter({ hasText: '审核中' }).last().click();
  await page.getByText(why).waitFor();
}

// A month is planned: drawn up by the supervisor, approved by the manager, drawn from; the sample proved; an inspector's
// records given away.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { seen, settled, shot, sound } from '../browser.mjs';
import { at, choose, confirm, pick } from './steps.mjs';

export const plan = '聊天与邮件专项';

export function planningWalk(as) {
  it('the supervisor draws up a plan of chats and mails; what the rules refuse is said at its field', () =>
    as('qa_supervisor', {}, async (page) => {
      await at(page, '/plans');
      await page.getByRole('button', { name: '制定计划' }).click();
      const form = page.getByRole('dialog');
      await form.getByRole('textbox', { name: '月份' }).fill('2026-10');
      await page.keyboard.press('Enter');
      await form.locator('input[value="2026-10-24"]').waitFor();
      await form.getByLabel('名称').fill(plan);
      await choose(page, '渠道', '在线');
      await pick(page, '邮件');
      await page.keyboard.press('Escape');
      await form.getByRole('spinbutton', { name: '当日被投诉' }).fill('3');
      await form.getByRole('spinbutton', { name: '每人份数 第 1 轮' }).fill('1');
      await form.getByRole('checkbox', { name: /曹慧敏/ }).check();
      await form.getByRole('checkbox', { name: /彭志远/ }).check();
      await form.getByRole('button', { name: '保存草稿' }).click();
      await form.getByText('规定每人至少 2 份').waitFor();
      await seen(page, 'plan-form');
      await form.getByRole('spinbutton', { name: '每人份数 第 1 轮' }).fill('2');
      await form.getByRole('button', { name: '保存草稿' }).click();
      await page.getByText('草稿已保存。').waitFor();
      await page.getByText('当日被投诉 ×3').waitFor();
      assert.equal(await page.getByRole('button', { name: '批准' }).count(), 0, 'whoever draws up a plan does not approve it');
    }));

  it('the manager approves it, and the seed is committed', () =>
    as('manager', { language: 'en' }, async (page) => {
      await at(page, '/plans');
      await choose(page, 'Plan', plan);
      await page.getByRole('button', { name: 'Approve' }).click();
      await confirm(page, 'Approve');
      await page.getByText(/Approved$/).first().waitFor();
      await page.getByText(/committed to at/).first().waitFor();
    }));

  it('the supervisor draws, proves the sample, and gives away the records of whoever is absent', () =>
    as('qa_supervisor', {}, async (page) => {
      await at(page, '/plans');
      await choose(page, '计划', plan);
      await page.getByRole('button', { name: '抽样' }).first().click();
      await confirm(page, '抽样');
      await page.getByText(/抽样$/).first().waitFor();
      await page.getByRole('button', { name: '重抽核对' }).first().click();
      await page.getByText(/^核对一致/).waitFor();
      await page.getByText('检查员', { exact: true }).first().click();
      const absent = page.getByRole('row').filter({ hasText: '彭志远' });
      await absent.getByRole('button', { name: '改派' }).click();
      await confirm(page, '改派');
      await page.getByText(/^彭志远 手上的 \d+ 份记录已改派。$/).waitFor();
      await absent.getByRole('button', { name: '改派' }).waitFor({ state: 'detached' });
      await seen(page, 'plan-drawn');
    }));

  it('two agents are compared: told apart, or said not to be', () =>
    as('manager', {}, async (page) => {
      await at(page, '/plans/1');
      await choose(page, '第一人', '徐嘉豪', '1011');
      await choose(page, '第二人', '孙语嫣', '1012');
      await page.getByText('证据不足，无法区分两者').last().waitFor();
      await choose(page, '第二人', '梁宇航', '1021');
      await page.getByText(/更高，证据充分/).last().waitFor();
      await page.getByRole('region', { name: '两人相比' }).scrollIntoViewIfNeeded();
      await shot(page, 'plan-compared');
      await sound(page, 'two agents compared');
      await settled(page);
    }));
}

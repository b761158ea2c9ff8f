// What was found is put right: measures, a day, more time asked for and granted, reported; later records show whether it
// helped, and where it did not a second talk follows.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { narrow, seen, settled, shot, sound } from '../browser.mjs';
import { agent } from './inspecting.mjs';
import { at, confirm } from './steps.mjs';

const drawer = (page) => page.getByRole('dialog');

// Opens the first in the list that is in the state and about whom.
async function open(page, state, whom) {
  await at(page, '/rectification');
  const rows = page.locator('tbody tr[data-row]').filter({ hasText: state });
  await (whom ? rows.filter({ hasText: whom }) : rows).first().getByRole('link').first().click();
  await drawer(page).locator('.chain').waitFor();
  await settled(page);
}

async function step(page, name, words, { day } = {}) {
  await drawer(page).getByRole('button', { name, exact: true }).first().click();
  if (day) {
    await drawer(page).getByRole('textbox', { name: '期限', exact: true }).fill(day);
    await page.keyboard.press('Enter');
  }
  await drawer(page).locator('.step-form textarea').fill(words);
  await drawer(page).locator('.step-form').getByRole('button', { name, exact: true }).click();
  await drawer(page).locator('.chain').getByText(words).waitFor();
}

const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export function rectifyingWalk(as) {
  it('the agent writes measures by the day prescribed, asks for more time, gets it, and reports', async () => {
    await as('qa_supervisor', {}, async (page) => {
      await open(page, '待定措施', agent);
      await step(page, '规定期限', '下周复查。', { day: inDays(7) });
    });
    await as('agent', { viewport: narrow }, async (page) => {
      await open(page, '待定措施');
      await step(page, '写明措施', '先听完，再解释。');
      await step(page, '申请延期', '下周有培训。', { day: inDays(14) });
      await shot(page, 'rectification-390');
      await sound(page, 'rectification');
    });
    await as('qa_supervisor', {}, async (page) => {
      await open(page, '整改中', agent);
      await step(page, '批准延期', '同意。');
      await seen(page, 'rectification');
    });
    await as('agent', {}, async (page) => {
      await open(page, '整改中');
      await step(page, '报告完成', '已照做一周。');
      await drawer(page).getByText('待验证').waitFor();
    });
  });

  it('the inspector verifies by later records: one helped, one did not and is talked about again', async () => {
    const poor = await as('second_inspector', {}, async (page) => {
      const [helped, failed] = await verifiable(page);
      await verify(page, helped, '验证通过', '之后的记录已改正。');
      await drawer(page).getByText(/已验证$/).first().waitFor();
      await verify(page, failed, '整改不力', '之后的记录仍有同样问题。');
      await drawer(page).getByText(/待谈话$/).waitFor();
      await shot(page, 'rectification-poor');
      await sound(page, 'a rectification that did not help');
      return failed.name;
    });
    await as('qa_supervisor', {}, async (page) => {
      await at(page, '/review?tab=talks');
      const talks = page.getByRole('row').filter({ hasText: poor }).filter({ hasText: '整改不力' });
      const before = await talks.count();
      await talks.last().getByRole('button', { name: '记录谈话' }).click();
      await page.getByRole('dialog').getByLabel('谈了什么、约定了什么').fill('再谈一次，每天抽听两通。');
      await confirm(page, '记录谈话');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await settled(page);
      assert.equal(await talks.count(), before - 1);
    });
  });
}

// Those reported whose later records show what came of it.
async function verifiable(page) {
  const ask = async (path) => (await page.request.get(`/api/v1/quality/${path}`)).json();
  const reported = (await ask('rectifications')).filter(({ state }) => state === 'reported');
  const all = await Promise.all(reported.map(({ inspection, finding }) => ask(`inspections/${inspection}/rectifications/${finding}`)));
  return all.filter(({ later, actions }) => later.length > 0 && actions.includes('verify'));
}

async function verify(page, { inspection, finding }, name, words) {
  await at(page, `/rectification/${inspection}/${finding}`);
  await drawer(page).getByRole('button', { name, exact: true }).click();
  await drawer(page).locator('.later').getByRole('checkbox').first().check();
  await drawer(page).locator('.step-form textarea').fill(words);
  await drawer(page).locator('.step-form').getByRole('button', { name, exact: true }).click();
  await drawer(page).locator('.chain').getByText(words).waitFor();
}

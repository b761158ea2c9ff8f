// Inspectors score records blind, compare and agree, and the agreed words stand on the item from then on; a record is
// kept to learn from, hidden in parts, shared, read by agents and withdrawn.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { seen, settled, shot, sound, until } from '../browser.mjs';
import { people } from '../centre.mjs';
import { at, choose, confirm, pick } from './steps.mjs';

const session = '核对身份口径';
const words = '改地址之前必须先核对身份。';
const item = '按流程服务，不省略步骤';
const title = '安抚得当的一通电话';

async function openReading(page) {
  await at(page, '/calibration');
  await page.getByRole('row').filter({ hasText: session }).getByRole('link').click();
  await page.locator('.reading').waitFor();
}

// Reads the session's record: the item as grave as said, with its reason.
async function read(page, verdict) {
  await openReading(page);
  await choose(page, item, verdict, verdict);
  await page.getByLabel(`依据 ${item}`).fill('没有核对就改了地址。');
}

export function learningWalk(as) {
  it('the supervisor opens a session over a contact', () =>
    as('qa_supervisor', {}, async (page) => {
      await at(page, '/contacts?from=2026-10-01&to=2026-10-31');
      const contact = (await page.locator('tbody tr[data-row] a').first().getAttribute('href')).split('/').pop();
      await page.goto(`/contacts/${contact}`);
      const number = await page.evaluate(async (id) => (await (await fetch(`/api/v1/contacts/${id}`)).json()).contact.source_id, contact);
      await at(page, '/calibration');
      await page.getByRole('button', { name: '发起校准' }).click();
      await page.getByRole('dialog').getByLabel('名称').fill(session);
      await choose(page, '要评的记录', number, number);
      await page.keyboard.press('Escape');
      await choose(page, '由谁评', people.inspector.staff);
      await pick(page, people.second_inspector.staff);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').getByRole('button', { name: '发起', exact: true }).click();
      await page.getByText('盲评中').first().waitFor();
      assert.equal(await page.locator('.reading').count(), 0, 'who takes no part does not score');
    }));

  it('each inspector reads it blind; a reading begun is there on another machine', async () => {
    await as('inspector', {}, async (page) => {
      await read(page, '一般 5 分');
      await page.getByRole('status').filter({ hasText: '已保存' }).waitFor();
    });
    // A window of its own remembers nothing of the one before.
    await as('inspector', {}, async (page) => {
      await openReading(page);
      assert.equal(await page.getByLabel(`依据 ${item}`).inputValue(), '没有核对就改了地址。');
      await seen(page, 'calibration-reading');
      await page.getByRole('button', { name: '提交评分' }).click();
      await page.getByRole('status').filter({ hasText: '已提交' }).waitFor();
      // What is changed afterwards is not lost on the way, and counts once it is handed in anew.
      await page.getByLabel(`依据 ${item}`).fill('没有核对身份，地址却改了。');
      await page.reload();
      await settled(page);
      await page.getByRole('status').filter({ hasText: '重新提交后生效' }).waitFor();
      await page.getByRole('button', { name: '重新提交' }).click();
      await page.getByRole('status').filter({ hasText: '已提交' }).waitFor();
      assert.equal(await page.getByLabel(`依据 ${item}`).inputValue(), '没有核对身份，地址却改了。');
    });
    await as('second_inspector', {}, async (page) => {
      await read(page, '严重 7 分');
      assert.equal(await page.getByText('一般 5 分').count(), 0, 'nobody sees the reading of another');
      await page.getByRole('button', { name: '提交评分' }).click();
      await page.getByRole('status').filter({ hasText: '已提交' }).waitFor();
    });
  });

  it('the supervisor compares, agrees, and closes; the words stand on the item', () =>
    as('qa_supervisor', {}, async (page) => {
      await at(page, '/calibration');
      await page.getByRole('row').filter({ hasText: session }).getByRole('link').click();
      await page.getByRole('button', { name: '开始对照' }).click();
      await confirm(page, '开始对照');
      await page.getByText('严重 7 分').first().waitFor();
      await page.locator('.reading-learnt').getByLabel(item).fill(words);
      await page.getByRole('button', { name: '定为统一评分' }).click();
      await page.getByText(/的统一评分已记下/).waitFor();
      await seen(page, 'calibration-compared');
      await page.getByRole('button', { name: '结束校准' }).click();
      await confirm(page, '结束校准');
      await page.getByText('已结束').first().waitFor();
      await at(page, '/rubric');
      await page.getByText(words).first().waitFor();
      await shot(page, 'rubric-guidance');
      await sound(page, 'the rubric with guidance');
    }));

  it('an inspector keeps a record for all to learn from: what names somebody is hidden, the rest is heard', () =>
    as('inspector', {}, async (page) => {
      const heard = await page.request.get('/api/v1/quality/queue').then((answer) => answer.json());
      await at(page, `/library?add=${heard[0].contact}`);
      const form = page.getByRole('dialog');
      await form.getByLabel('标题').fill(title);
      await form.getByLabel('说明').fill('先道歉，再给办法。');
      await form.getByRole('button', { name: '保存' }).click();
      await page.waitForURL(/\/library\/\d+$/);
      await settled(page);
      await page.getByRole('button', { name: '修改' }).click();
      await page.evaluate(() => {
        const turn = document.querySelector('[data-turn="1"]').firstChild;
        getSelection().setBaseAndExtent(turn, 0, turn, 3);
      });
      await page.getByRole('button', { name: '隐去选中的文字' }).click();
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByText('已保存。').waitFor();
      await seen(page, 'library-entry');
      await page.getByRole('button', { name: '共享', exact: true }).click();
      await confirm(page, '共享');
      await page.getByText('已共享').first().waitFor();
    }));

  it('what is said about it is written anew; of two who write the second is told, and chooses', () =>
    as('inspector', {}, async (page) => {
      await at(page, '/library');
      await page.getByRole('link', { name: title }).click();
      await page.getByRole('button', { name: '修改' }).click();
      await page.getByLabel('说明').fill('先道歉，再给办法，最后确认。');
      await as('qa_supervisor', {}, async (other) => {
        await at(other, new URL(page.url()).pathname);
        await other.getByRole('button', { name: '修改' }).click();
        await choose(other, '类别', '优秀');
        await other.getByRole('button', { name: '保存' }).click();
        await other.getByText('已保存。').waitFor();
      });
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByText('您打开之后，别人改成了：').waitFor();
      await shot(page, 'library-conflict');
      await sound(page, 'a record described by two');
      await page.getByRole('button', { name: '用我的' }).click();
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByText('先道歉，再给办法，最后确认。').waitFor();
    }));

  it('the agent reads it; once withdrawn it is gone', async () => {
    await as('agent', { language: 'en' }, async (page) => {
      await at(page, '/library');
      await page.getByRole('link', { name: title }).click();
      await page.locator('.dialogue').waitFor();
      assert.equal(await page.getByRole('button', { name: /Withdraw|Edit/ }).count(), 0);
      await shot(page, 'library-shared');
      await sound(page, 'a shared record');
    });
    await as('inspector', {}, async (page) => {
      await at(page, '/library');
      await page.getByRole('link', { name: title }).click();
      await page.getByRole('button', { name: '撤下' }).click();
      await confirm(page, '撤下');
      await page.getByText(`已撤下“${title}”。`).waitFor();
    });
    await as('agent', {}, async (page) => {
      await at(page, '/library');
      await until(page, () => document.querySelector('.nothing, tbody') !== null);
      assert.equal(await page.getByRole('link', { name: title }).count(), 0);
    });
  });
}

// The desk as each role meets it: in a real browser, on the real server, with a demo centre.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { follow, launch, narrow, open, settled, shot, sound, until, wide } from './browser.mjs';
import { Centre, password, people } from './centre.mjs';
import { checksWalk } from './checks.mjs';
import { qualityWalk } from './quality/walk.mjs';
import { soundWalk } from './sound.mjs';

const period = '2026-10'; // the whole month of the demo
const homes = {
  agent: 'sheet',
  shift_leader: 'month',
  inspector: 'workbench',
  qa_supervisor: 'plans',
  trainer: 'sheet',
  manager: 'overview',
  hr: 'month',
  office: 'sheet',
  admin: 'system',
};
const addresses = {
  sheet: `/sheet/${period}`,
  month: `/month/${period}`,
  overview: '/overview?from=2026-10-01&to=2026-10-31',
  contacts: '/contacts?from=2026-10-01&to=2026-10-31',
  entry: '/entry',
  people: '/people',
  imports: '/imports',
  regulation: '/regulation?clause=C3.1a',
  workbench: '/workbench',
  results: '/results?from=2026-10-01&to=2026-11-30',
  review: '/review',
  appeals: '/appeals',
  rectification: '/rectification',
  plans: '/plans',
  rubric: '/rubric',
  calibration: '/calibration',
  quality_report: '/quality-report',
  library: '/library',
  draws: '/draws',
  checks: '/checks',
  audit: '/audit',
  system: '/system',
};

let centre;
let browser;
const cookies = {};

before(async () => {
  [centre, browser] = await Promise.all([Centre.make(), launch()]);
  // One after another: the server lets only a few passwords be worked on at once.
  for (const name of [...Object.keys(homes), 'second_inspector']) cookies[name] = await centre.session(name);
});
after(async () => {
  await browser?.close();
  await centre?.end();
});

const as = (name, look, action) => inWindow(name, { cookie: cookies[name], ...look }, action);
const stranger = (look, action) => inWindow('stranger', look, action); // who has not signed in

async function inWindow(name, look, action) {
  const page = await open(browser, centre, look);
  try {
    return await action(page);
  } catch (failure) {
    await shot(page, `failed-${name}-${Date.now()}`).catch(() => undefined);
    if (page.complaints.length > 0) failure.message += `\nthe page complained: ${page.complaints.join('\n')}`;
    throw failure;
  } finally {
    await page.context().close();
  }
}

const pagesOf = (page) => page.evaluate(async () => (await (await fetch('/api/v1/session')).json()).pages);

async function visit(page, name, prefix) {
  await follow(page, addresses[name]);
  await settled(page);
  const where = `${prefix} ${name}`;
  assert.ok(await page.locator('h1, .nothing').first().isVisible(), where);
  await shot(page, `${prefix}-${name}`);
  await sound(page, where);
}

// From the home on through the pages the server lets the role see, or those named.
const walkAs = (name, prefix, look, chosen) =>
  as(name, look, async (page) => {
    await page.goto('/');
    await settled(page);
    assert.match(page.url(), new RegExp(`/${homes[name]}`), prefix);
    for (const one of chosen ?? (await pagesOf(page)).filter((name) => name in addresses)) await visit(page, one, `${name}-${prefix}`);
  });

// Two windows at a time: the server works while the browser looks.
describe('every page of every role', { concurrency: 2 }, () => {
  for (const name of Object.keys(homes)) {
    it(`${name}: zh at 1280 px`, () => walkAs(name, 'zh-1280', { language: 'zh', viewport: wide }));
    it(`${name}: en at 390 px`, () => walkAs(name, 'en-390', { language: 'en', viewport: narrow }));
  }
  it('manager: en at 1280 px', () => walkAs('manager', 'en-1280', { language: 'en' }, ['month', 'overview', 'contacts', 'regulation']));
  it('inspector: en at 1280 px', () => walkAs('inspector', 'en-1280', { language: 'en' }, ['workbench']));
  it('supervisor: en at 1280 px', () => walkAs('qa_supervisor', 'en-1280', { language: 'en' }, ['review', 'plans']));
  it('agent: zh at 390 px, dark', () => walkAs('agent', 'zh-390-dark', { viewport: narrow, dark: true }, ['sheet', 'regulation']));
  it('manager: zh, dark', () => walkAs('manager', 'zh-dark', { dark: true }, ['month', 'overview']));
});

describe('signing in', () => {
  it('refuses a wrong password, asks for an own one first, then lets in', () =>
    stranger({}, async (page) => {
      await page.goto('/month');
      await page.getByLabel('账号').waitFor();
      await sound(page, 'sign-in');
      await shot(page, 'sign-in');
      await page.getByLabel('账号').fill(people.newcomer.account);
      await page.getByLabel('密码').fill('not this one');
      await page.keyboard.press('Enter');
      await page.locator('.ant-alert-error').waitFor();
      await page.getByLabel('密码').fill(centre.first.newcomer);
      await page.keyboard.press('Enter');
      await page.getByLabel('当前密码').fill(centre.first.newcomer);
      await page.getByLabel('新密码', { exact: true }).fill('short');
      await page.getByLabel('再输一次新密码').fill('other');
      await page.getByRole('button', { name: '修改密码' }).click();
      await page.getByText('两次输入的新密码不一致').waitFor();
      await shot(page, 'first-password');
      await page.getByLabel('新密码', { exact: true }).fill(password);
      await page.getByLabel('再输一次新密码').fill(password);
      await page.getByRole('button', { name: '修改密码' }).click();
      await settled(page);
      await page.getByRole('navigation').getByText('我的考核').waitFor();
      await page.getByRole('button', { name: /当前用户/ }).click();
      await page.getByRole('button', { name: '退出登录' }).click();
      await page.getByLabel('账号').waitFor();
    }));

  it('asks again over the page when the session has ended, and keeps what was typed', () =>
    as('shift_leader', {}, async (page) => {
      await page.goto('/entry');
      await settled(page);
      await page.getByLabel(/说明 1/).fill('typed before the session ended');
      await page.context().clearCookies();
      await page.goto('/entry'); // a new page without a session is the sign-in; what was typed waits behind it
      await page.getByLabel('账号').fill(people.shift_leader.account);
      await page.getByLabel('密码').fill(password);
      await page.keyboard.press('Enter');
      await settled(page);
      assert.equal(await page.getByLabel(/说明 1/).inputValue(), 'typed before the session ended');
      await page.context().clearCookies();
      await page.getByRole('navigation').getByText('月度考核').click();
      await page.getByRole('dialog').getByLabel('密码').fill(password);
      await shot(page, 'session-ended');
      await page.getByRole('dialog').getByRole('button', { name: '登录' }).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await settled(page);
      await page.getByRole('heading', { name: '月度考核' }).waitFor();
      cookies.shift_leader = (await page.context().cookies())[0];
    }));
});

describe('an agent', () => {
  it('reads the own sheet and asks why of a figure', () =>
    as('agent', { viewport: narrow }, async (page) => {
      await page.goto(`/sheet/${period}`);
      await settled(page);
      await page.getByText('1001').first().waitFor();
      await page.getByRole('button', { name: /为什么：/ }).nth(2).click();
      await page.locator('.why-tree.root').waitFor();
      await settled(page);
      await shot(page, 'agent-why-390');
      await sound(page, 'why');
    }));
  it('sees nobody else, whatever the address says', () =>
    as('agent', {}, async (page) => {
      await page.goto(`/sheet/${period}/1003`);
      await settled(page);
      assert.equal(await page.getByText('王思远').count(), 0);
      await page.locator('.nothing').waitFor();
      await page.goto(`/month/${period}`);
      await settled(page);
      await page.locator('.nothing').waitFor();
    }));
});

describe('a manager', () => {
  it('goes from the month to a sheet and to the clause behind a figure', () =>
    as('manager', {}, async (page) => {
      await page.goto(`/month/${period}`);
      await settled(page);
      await page.getByRole('button', { name: /^总分/ }).click();
      await page.locator('th[aria-sort=descending]').waitFor();
      const file = page.waitForEvent('download');
      await page.getByRole('button', { name: /CSV$/ }).last().click();
      assert.match((await file).suggestedFilename(), /^month-2026-10\.csv$/);
      await page.getByLabel('姓名或工号').fill('1001');
      await until(page, () => document.querySelectorAll('tbody tr[data-row]').length === 1);
      assert.match(page.url(), /q=1001/);
      await page.locator('tbody tr[data-row]').click();
      await settled(page);
      await page.getByRole('heading', { name: /陈雨桐/ }).waitFor();
      await page.getByRole('button', { name: '为什么：总分' }).click();
      await page.locator('.why-tree.root').waitFor();
      await page.locator('button.clause').first().click();
      await page.locator('.clause-text').waitFor();
      await shot(page, 'manager-why');
      await sound(page, 'why with a clause');
    }));
  it('drills from the overview to one contact and its events', () =>
    as('manager', { language: 'en' }, async (page) => {
      await page.goto(addresses.overview);
      await settled(page);
      await page.locator('tbody tr[data-row]').first().click();
      await settled(page);
      assert.match(page.url(), /\/contacts\?.*queue=/);
      await page.getByRole('button', { name: /^Wait/ }).click();
      await page.waitForURL(/sort=-wait_ms/);
      await settled(page);
      await page.locator('tbody tr[data-row] a').first().click();
      await page.getByRole('heading', { name: 'Events' }).waitFor();
      await settled(page);
      await shot(page, 'contact-en');
      await sound(page, 'one contact');
    }));
});

describe('a shift leader', () => {
  it('pastes a block from a spreadsheet; a refused row stays with its reason', () =>
    as('shift_leader', {}, async (page) => {
      await page.goto('/entry/praise');
      await settled(page);
      const block = '1001\t2026/11/3\t3\t客户来电表扬\tTS-1\n陈雨桐\t11-4\t2\t表扬信\tTS-2\n9999\t2026-11-05\t3\t没有这个人\tTS-3\n';
      await page.getByLabel(/工号或姓名 1/).focus();
      await page.evaluate((text) => {
        const data = new DataTransfer();
        data.setData('text', text);
        document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      }, block);
      assert.equal(await page.getByLabel('日期 1').inputValue(), '2026-11-03');
      assert.equal(await page.getByLabel(/工号或姓名 2/).inputValue(), '1001');
      await page.getByRole('button', { name: '保存 3 行' }).click();
      await page.locator('tr.refused').waitFor();
      assert.equal(await page.getByLabel(/工号或姓名 1/).inputValue(), '9999');
      await shot(page, 'leader-entry');
      await sound(page, 'entry with a refused row');
      await page.reload();
      await settled(page);
      assert.equal(await page.getByLabel(/工号或姓名 1/).inputValue(), '9999');
      await page.getByRole('button', { name: '清空' }).click();
    }));
  it('sees the group and no pay', () =>
    as('shift_leader', {}, async (page) => {
      await page.goto(`/month/${period}`);
      await settled(page);
      assert.equal(await page.getByRole('columnheader', { name: '应发' }).count(), 0);
      const groups = await page.locator('tbody tr[data-row]').evaluateAll((rows) => [...new Set(rows.map((row) => row.cells[2].innerText))]);
      assert.deepEqual(groups, ['甲组']);
    }));
});

describe('an administrator', () => {
  it('takes a file in, sees what was rejected, and undoes it', () =>
    as('admin', {}, async (page) => {
      await page.goto('/imports');
      await settled(page);
      await page.locator('input[type=file]').setInputFiles({
        name: 'facts-walk.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('staff_no,occurred_at,kind,value,note,source_ref\n1001,2026-11-06,praise,3,walk,W-1\n1001,2026-11-06,praise,300,too much,W-2\n'),
      });
      await page.getByText(/预览前 2 行/).first().waitFor();
      await shot(page, 'admin-import-preview');
      await sound(page, 'preview');
      await page.getByRole('button', { name: '导入', exact: true }).click();
      await page.getByText(/导入结果/).first().waitFor();
      await settled(page);
      await shot(page, 'admin-import-result');
      await sound(page, 'import result');
      await page.getByRole('button', { name: /撤销 facts-walk.csv/ }).click();
      await page.getByRole('dialog').getByRole('button', { name: '撤销' }).click();
      await page.getByText('已撤销 facts-walk.csv。').waitFor();
    }));
  it('says what the columns of an unknown table mean, and takes it in', () =>
    as('admin', {}, async (page) => {
      await page.goto('/imports');
      await settled(page);
      await page.locator('input[type=file]').setInputFiles({
        name: '通话明细.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(
          '流水号,进线时间,坐席,队列,是否接通,通话时长\nW-1,2026/11/06 09:00:00,PJSIP/1001,enquiry,是,02:10\nW-2,2026/11/06 09:05:00,,enquiry,否,00:00\n',
        ),
      });
      await page.getByText('各列是什么').first().waitFor();
      await page.getByTitle('no_answer', { exact: true }).waitFor(); // the server's guess
      await page.getByRole('combobox', { name: '否', exact: true }).click({ force: true });
      await page.locator('.ant-select-dropdown').getByTitle('abandoned', { exact: true }).click();
      await settled(page);
      await shot(page, 'admin-import-map');
      await sound(page, 'map wizard');
      await page.getByRole('button', { name: '导入', exact: true }).click();
      await page.getByText(/通话明细.csv 的导入结果/).waitFor();
      assert.equal(await page.locator('.sheet-facts dd').nth(1).innerText(), '2');
    }));
  it('registers a phone id that nobody holds', () =>
    as('admin', {}, async (page) => {
      await page.goto('/imports');
      await settled(page);
      const row = page.getByRole('row').filter({ hasText: 'Local/1004@homeoffice' });
      await row.getByText('张欣怡 1004').waitFor();
      await row.getByRole('button', { name: '登记' }).click();
      await row.waitFor({ state: 'detached' });
    }));
  it('makes an account and sees it in the audit', () =>
    as('admin', { language: 'en' }, async (page) => {
      await page.goto('/people?tab=accounts');
      await settled(page);
      await page.getByRole('button', { name: 'New account' }).click();
      await page.getByRole('dialog').getByLabel('Account').fill('walker');
      await page.getByRole('button', { name: 'Create' }).click();
      await page.locator('.ant-modal-confirm-title').getByText('First password of walker').waitFor();
      await shot(page, 'admin-account');
      await page.getByRole('button', { name: 'OK', exact: true }).click();
      await page.goto('/audit?object=account walker');
      await settled(page);
      assert.ok((await page.locator('tbody tr[data-row]').count()) > 0);
    }));
});

describe("one's account", () => {
  it('has tokens that are shown once and can be revoked', () =>
    as('manager', { language: 'en' }, async (page) => {
      await page.goto('/account');
      await settled(page);
      await page.getByRole('button', { name: 'New token' }).click();
      await page.getByLabel('For').fill('HR system');
      await page.getByRole('checkbox', { name: 'Read the results of months' }).check();
      await page.getByRole('button', { name: 'Create' }).click();
      const token = await page.locator('.ant-modal-confirm code').innerText();
      assert.match(token.trim(), /^[\w-]{30,}$/);
      await page.getByRole('button', { name: 'OK', exact: true }).click();
      await page.getByRole('cell', { name: 'HR system', exact: true }).waitFor();
      await shot(page, 'account');
      await sound(page, 'account');
      await page.getByRole('button', { name: 'Revoke the token HR system' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
      await page.getByText('There are no tokens.').waitFor();
    }));
});

describe('by keyboard alone', () => {
  it('signs in, finds a person, opens a sheet from the list, asks why', () =>
    stranger({ language: 'en' }, async (page) => {
      const press = async (...keys) => {
        for (const key of keys) await page.keyboard.press(key);
      };
      await page.goto('/');
      await page.getByLabel('Account').waitFor();
      await page.keyboard.type(people.manager.account);
      await press('Tab');
      await page.keyboard.type(password);
      await press('Enter');
      await settled(page);
      await press('Control+k');
      await page.getByRole('combobox', { name: /Find/ }).waitFor();
      await page.keyboard.type('Month');
      await page.getByRole('option', { name: /^Month/, selected: true }).waitFor();
      await press('Enter');
      await page.getByRole('heading', { name: 'Month', exact: true }).waitFor();
      await settled(page);
      await press('j', 'j', 'k');
      await page.locator('tr.row-current').waitFor();
      const chosen = await page.locator('tr.row-current').getAttribute('data-row');
      await press('Enter');
      await page.waitForURL(new RegExp(`/sheet/[0-9-]+/${chosen}`));
      await settled(page);
      for (let steps = 0; steps < 40; ++steps) {
        await press('Tab');
        if (await page.evaluate(() => document.activeElement?.getAttribute('aria-label')?.startsWith('Why:'))) break;
      }
      await press('Enter');
      await page.locator('.why-tree.root').waitFor();
      await shot(page, 'keyboard-why');
      await press('Escape');
      await page.locator('.ant-drawer-open').waitFor({ state: 'hidden' });
    }));
});

describe('losing the server', () => {
  it('shows it, keeps what was typed, and recovers by itself', () =>
    as('shift_leader', {}, async (page) => {
      await page.goto('/entry/praise');
      await settled(page);
      await page.getByLabel(/工号或姓名 1/).fill('1001');
      await page.getByLabel(/数值 1/).fill('3');
      await centre.kill();
      await page.getByLabel(/说明 1/).fill('typed while the server was away');
      await page.getByRole('button', { name: '保存 1 行' }).click();
      await page.getByText('与服务器的连接已断开').first().waitFor();
      await shot(page, 'server-lost');
      await centre.serve();
      await page.getByRole('status').getByText('与服务器的连接已断开').waitFor({ state: 'hidden' });
      assert.equal(await page.getByLabel(/说明 1/).inputValue(), 'typed while the server was away');
      await page.getByRole('button', { name: '保存 1 行' }).click();
      await page.getByText('已保存 1 行').waitFor();
    }));
});

describe('the quality room', () => qualityWalk(as, () => centre));
describe('automatic checks', () => checksWalk(as));
describe('the sound of a contact', () => soundWalk(as));

describe('month end', () => {
  it('shows the draft for questions; they are asked and seen without reloading', () =>
    as('agent', {}, async (agent) => {
      await agent.goto(`/sheet/${period}`);
      await settled(agent);
      await as('hr', {}, async (page) => {
        await page.goto(`/month/${period}`);
        await settled(page);
        await page.getByRole('button', { name: '向员工公示草稿' }).click();
        await page.getByRole('button', { name: '公示 3 天' }).click();
        await page.getByRole('button', { name: '结束公示' }).waitFor();
        await agent.getByText(/^公示草稿/).waitFor();
        await agent.getByLabel('写下疑问或答复').fill('10 月 6 日的录音能再听一次吗？');
        await agent.getByRole('button', { name: '发送' }).click();
        await page.getByText('1 份考核表的疑问待答复').first().waitFor();
        await page.getByRole('region', { name: /疑问待答复/ }).getByRole('link', { name: '陈雨桐' }).click();
        await page.getByText('10 月 6 日的录音能再听一次吗？').waitFor();
        await page.getByLabel('写下疑问或答复').fill('可以，周五下午。');
        await page.getByRole('button', { name: '发送' }).click();
        await agent.getByText('可以，周五下午。').waitFor();
        await shot(agent, 'question');
        await page.goBack();
        await page.getByRole('button', { name: '结束公示' }).click();
        await page.getByRole('button', { name: '向员工公示草稿' }).waitFor();
      });
    }));
  it('is closed by two people, and by two only', async () => {
    await as('hr', {}, async (page) => {
      await page.goto(`/month/${period}`);
      await settled(page);
      const workbook = await page.getByRole('link', { name: 'XLSX' }).getAttribute('href');
      const answer = await page.request.get(new URL(workbook, page.url()).href);
      assert.match(answer.headers()['content-disposition'], /\.xlsx"/);
      assert.equal((await answer.body()).subarray(0, 2).toString(), 'PK');
      await page.getByRole('button', { name: '申请结账' }).click();
      await shot(page, 'closing-request');
      await page.getByRole('dialog').getByRole('button', { name: '申请结账' }).click();
      await page.getByRole('button', { name: '撤回申请' }).waitFor();
      assert.equal(await page.getByRole('button', { name: '复核并结账' }).count(), 0);
    });
    await as('manager', {}, async (page) => {
      await page.goto(`/month/${period}`);
      await settled(page);
      await page.getByRole('button', { name: '复核并结账' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '复核并结账' }).click();
      await page.getByText('本月已结账。').waitFor({ timeout: 60_000 });
      await settled(page);
      await shot(page, 'month-closed');
      await sound(page, 'closed month');
    });
  });
});

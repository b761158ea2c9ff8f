// The month is reported: causes and measures written, submitted, approved with a comment, printed and taken along.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { seen, settled, shot } from '../browser.mjs';
import { at, choose, confirm } from './steps.mjs';

export function reportingWalk(as) {
  it('the supervisor publishes what else waits, and writes the month: what was found, why, and what is done', () =>
    as('qa_supervisor', {}, async (page) => {
      await at(page, '/review');
      await page.locator('.clause-list a').filter({ hasText: '审核中' }).first().click();
      await page.getByRole('button', { name: '审核并公布' }).click();
      await confirm(page, '审核并公布');
      await page.getByText(/^已公布 .* 的这一批。$/).waitFor();
      await at(page, '/quality-report/2026-11');
      await page.getByRole('button', { name: '编写' }).click();
      await page.getByLabel('本月小结').fill('十一月第一轮已公布。');
      await page.getByRole('button', { name: '添加一条' }).click();
      await choose(page, '检查项 1', '按流程服务', '按流程');
      await page.getByLabel('问题 1').fill('没有核对身份就查询');
      await page.getByLabel('原因 1').fill('新人不熟流程');
      await page.getByLabel('措施 1').fill('情景演练');
      await page.getByRole('button', { name: '保存', exact: true }).click();
      await page.getByText('月报已保存。').waitFor();
      await page.getByRole('cell', { name: '没有核对身份就查询' }).waitFor();
    }));

  it('the manager reads the month, prints it on A4 and takes the workbook', () =>
    as('manager', {}, async (page) => {
      await at(page, '/quality-report/2026-10');
      await page.getByText(/^批示: /).waitFor();
      for (const by of ['严重程度', '坐席', '班组', '产品']) {
        await page.locator('.ant-segmented').getByText(by, { exact: true }).click();
        await settled(page);
      }
      await seen(page, 'report');
      const workbook = await page.getByRole('link', { name: '导出 XLSX' }).getAttribute('href');
      const answer = await page.request.get(workbook);
      assert.equal((await answer.body()).subarray(0, 2).toString(), 'PK');
      await page.emulateMedia({ media: 'print' });
      await page.setViewportSize({ width: 794, height: 1123 }); // A4 at 96 dots an inch
      assert.equal(await page.locator('.report-printed table:visible').count(), 5);
      assert.equal(await page.locator('.rail:visible, .top:visible, .page-actions:visible').count(), 0);
      await shot(page, 'report-print', { fullPage: true });
      const paper = await page.pdf({ preferCSSPageSize: true, printBackground: true });
      assert.match(paper.toString('latin1'), /\/MediaBox \[0 0 59[45]\.\d+ 84[12]\.\d+\]/);
    }));
}

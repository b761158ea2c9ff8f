// What the steps of the quality room have in common.
import { settled } from '../browser.mjs';

// Picks from the select that is open.
export const pick = (page, option) =>
  page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').filter({ hasText: option }).first().click();

// Chooses from a select by its label; a long list is narrowed by typing.
export async function choose(page, label, option, typed = '') {
  await page.getByRole('combobox', { name: label, exact: true }).click({ force: true });
  await page.keyboard.type(typed);
  await pick(page, option);
}

// Answers the question that a step asks.
export async function confirm(page, step) {
  await page.getByRole('dialog').getByRole('button', { name: step, exact: true }).click();
}

export async function at(page, address) {
  await page.goto(address);
  await settled(page);
}

// The words of the room, page by page.
import { words as results } from './results/words';
import { words as review } from './review/words';
import { words as shared } from './shared/words';
import { words as workbench } from './workbench/words';

export const words = {
  zh: { ...shared.zh, ...results.zh, ...review.zh, ...workbench.zh },
  en: { ...shared.en, ...results.en, ...review.en, ...workbench.en },
};

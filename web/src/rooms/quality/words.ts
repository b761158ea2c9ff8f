// The words of the room, page by page.
import { words as appeals } from './appeals/words';
import { words as notices } from './notices/words';
import { words as rectification } from './rectification/words';
import { words as results } from './results/words';
import { words as review } from './review/words';
import { words as shared } from './shared/words';
import { words as workbench } from './workbench/words';

export const words = {
  zh: { ...shared.zh, ...appeals.zh, ...notices.zh, ...rectification.zh, ...results.zh, ...review.zh, ...workbench.zh },
  en: { ...shared.en, ...appeals.en, ...notices.en, ...rectification.en, ...results.en, ...review.en, ...workbench.en },
};

// The words of the room, page by page.
import { words as results } from './results/words';
import { words as shared } from './shared/words';
import { words as workbench } from './workbench/words';

export const words = {
  zh: { ...shared.zh, ...results.zh, ...workbench.zh },
  en: { ...shared.en, ...results.en, ...workbench.en },
};

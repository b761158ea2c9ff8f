// The desk's two languages. Each room keeps its own words beside its pages and registers them here.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

import { rooms } from '../rooms';
import type { Room } from './room';
import { words as shell } from './words';

export type Language = 'zh' | 'en';

const kept = 'zhiheng.language';

function firstLanguage(): Language {
  const chosen = localStorage.getItem(kept) ?? navigator.language;
  return chosen.startsWith('en') ? 'en' : 'zh';
}

// By namespace: the shell's words and each room's.
export const tables: Pick<Room, 'name' | 'words'>[] = [{ name: 'shell', words: shell }, ...rooms];

const bundle = (language: Language) => Object.fromEntries(tables.map(({ name, words }) => [name, words[language]]));

export function startLanguages() {
  void i18next.use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: false,
    defaultNS: 'shell',
    ns: tables.map(({ name }) => name),
    resources: { zh: bundle('zh'), en: bundle('en') },
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = i18next.language === 'en' ? 'en' : 'zh-CN';
}

export async function speak(language: Language) {
  localStorage.setItem(kept, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';
}

export function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'zh';
}

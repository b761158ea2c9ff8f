// Texts and units that the server sends, in the person's language.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

import type { Label } from '../api/schema';

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

// The policy pack writes its English labels small; on the desk they head columns and lines.
export function useLabel(): (label: Label) => string {
  const { i18n } = useTranslation();
  const english = i18n.language === 'en';
  return useCallback((label) => (english ? capital(label.en) : label.zh), [english]);
}

export function useUnit(): (unit: string) => string {
  const { t } = useTranslation();
  return (unit) => (unit === '' ? '' : t(`unit_${unit}`, { defaultValue: unit }));
}

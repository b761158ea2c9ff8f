import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

import { currentLanguage, speak } from './i18n';

// The other language, named in that language.
export function LanguageSwitch() {
  useTranslation();
  const other = currentLanguage() === 'zh' ? 'en' : 'zh';
  return (
    <Button type="text" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => void speak(other)}>
      {other === 'zh' ? '中文' : 'English'}
    </Button>
  );
}

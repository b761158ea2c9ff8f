// Providers around everything: theme, language, data, routes.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useTranslation } from 'react-i18next';
import { BrowserRouter } from 'react-router-dom';

import { Problem } from '../api/client';
import { Gate } from './Gate';
import { useDarkness } from './darkness';
import { themeOf } from './theme';

const retryable = (problem: Error) => problem instanceof Problem && (problem.isOffline || problem.status === 503);

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (count, problem) => retryable(problem) && count < 5,
      retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 8000),
      refetchOnWindowFocus: false,
      placeholderData: (previous: unknown) => previous,
    },
  },
});

export function Desk() {
  const { i18n } = useTranslation();
  const { dark } = useDarkness();
  return (
    <ConfigProvider theme={themeOf(dark)} locale={i18n.language === 'en' ? enUS : zhCN} componentSize="middle">
      <AntApp style={{ height: '100%' }}>
        <QueryClientProvider client={queries}>
          <BrowserRouter future={{ v7_startTransition: true, v7_relativeSplatPath: true }}>
            <Gate />
          </BrowserRouter>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}

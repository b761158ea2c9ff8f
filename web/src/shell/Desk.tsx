// Providers around everything: theme, language, data, routes.
import { QueryCache, QueryClient, MutationCache, QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { BrowserRouter } from 'react-router-dom';

import { Problem } from '../api/client';
import { useDarkness } from './darkness';
import { setExpired } from './expiry';
import { Gate } from './Gate';
import { themeOf } from './theme';

const retryable = (problem: Error) => problem instanceof Problem && (problem.isOffline || problem.status === 503);
// Only somebody who was signed in can have been signed out; the sign-in itself goes around these caches.
const noticeExpiry = (problem: Error) => {
  if (problem instanceof Problem && problem.status === 401) setExpired(true);
};

const queries = new QueryClient({
  queryCache: new QueryCache({ onError: noticeExpiry }),
  mutationCache: new MutationCache({ onError: noticeExpiry }),
  defaultOptions: {
    queries: {
      retry: (count, problem) => retryable(problem) && count < 5,
      retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 8000),
      networkMode: 'always', // the server may be this machine: the browser's idea of being offline does not count
      refetchOnWindowFocus: false,
      staleTime: 5000,
      placeholderData: (previous: unknown) => previous,
    },
    mutations: { networkMode: 'always' },
  },
});

export function Desk() {
  const { i18n } = useTranslation();
  const { dark } = useDarkness();
  // The server answers in the person's language too.
  useEffect(() => {
    const again = () => void queries.invalidateQueries();
    i18n.on('languageChanged', again);
    return () => i18n.off('languageChanged', again);
  }, [i18n]);
  return (
    <ConfigProvider theme={themeOf(dark)} locale={i18n.language === 'en' ? enUS : zhCN} button={{ autoInsertSpace: false }}>
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

// The frame: a slim rail by room, the page beside it, the palette above everything.
import { Alert, Drawer, Spin } from 'antd';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';

import { Boundary } from './Boundary';
import { useEvents } from './events';
import { useExpired } from './expiry';
import { useNarrow } from './narrow';
import { Nothing } from './Nothing';
import { useOffline } from './offline';
import { homeOf, pages } from './pages';
import { Rail } from './Rail';
import { usePrincipal } from './session';
import { Top } from './Top';

const Palette = lazy(() => import('./Palette'));
const SignInAgain = lazy(() => import('./SignInAgain'));
const AccountPage = lazy(() => import('./AccountPage'));

// The window is called like the page, so that one finds it among others.
function usePageTitle() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const title = pages.find((entry) => pathname.split('/')[1] === entry.home.slice(1))?.word;
  useEffect(() => {
    document.title = title === undefined ? t('product') : `${t(title)} · ${t('product')}`;
  }, [title, t]);
}

function Pages() {
  const { t } = useTranslation();
  const principal = usePrincipal();
  const location = useLocation();
  usePageTitle();
  return (
    <Boundary key={location.pathname.split('/')[1]}>
      <Suspense fallback={<Spin style={{ display: 'block', margin: '20vh auto' }} aria-label={t('loading')} />}>
        <Routes>
          <Route path="/" element={<Navigate to={homeOf(principal)} replace />} />
          <Route path="/account" element={<AccountPage />} />
          {pages
            .filter((entry) => principal.pages.includes(entry.page))
            .map((entry) => (
              <Route key={entry.page} path={entry.path} element={<entry.view />} />
            ))}
          <Route path="*" element={<Nothing title={t('notFound')} />} />
        </Routes>
      </Suspense>
    </Boundary>
  );
}

// While a page is on its way the one before stays; `data-path` says which one stands there.
function Content() {
  const { pathname } = useLocation();
  return (
    <main id="content" tabIndex={-1} data-path={pathname}>
      <Pages />
    </main>
  );
}

function Brand() {
  const { t } = useTranslation();
  return (
    <div className="brand">
      <img src="/icon.svg" alt="" width={26} height={26} />
      <span>{t('product')}</span>
    </div>
  );
}

// Opens on Ctrl-K.
function usePalette() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return { open, find: useCallback(() => setOpen(true), []), close: useCallback(() => setOpen(false), []) };
}

export function Shell() {
  const { t } = useTranslation();
  const offline = useOffline();
  const expired = useExpired();
  const narrow = useNarrow();
  const palette = usePalette();
  const [menuOpen, setMenuOpen] = useState(false);
  useEvents();
  return (
    <div className="desk">
      <a className="skip-link" href="#content">
        {t('skip')}
      </a>
      {!narrow && (
        <div className="rail">
          <Brand />
          <Rail />
        </div>
      )}
      <div className="desk-main">
        <Top onMenu={() => setMenuOpen(true)} onFind={palette.find} />
        <div role="status">{offline && <Alert banner type="warning" message={t('offline')} />}</div>
        <Content />
      </div>
      {narrow && (
        <Drawer
          open={menuOpen}
          onClose={() => setMenuOpen(false)}
          placement="left"
          width={220}
          title={t('product')}
          rootClassName="rail-drawer"
        >
          <Rail onChosen={() => setMenuOpen(false)} />
        </Drawer>
      )}
      <Suspense fallback={null}>
        {palette.open && <Palette onClose={palette.close} />}
        {expired && <SignInAgain />}
      </Suspense>
    </div>
  );
}

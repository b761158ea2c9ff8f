// The frame: a slim rail by room, the page beside it, the palette above everything.
import { LogoutOutlined, MenuOutlined, MoonOutlined, SearchOutlined, SunOutlined } from '@ant-design/icons';
import { Alert, Button, Drawer, Grid, Layout, Menu, Result, Spin, Tooltip } from 'antd';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes, useLocation, useNavigate } from 'react-router-dom';

import { useDarkness } from './darkness';
import { Palette } from './Palette';
import { pages, pagesFor } from './pages';
import { useOffline } from './offline';
import { usePrincipal, useSessionActions } from './session';
import { LanguageSwitch } from './SignIn';

function Rail({ onChosen }: { onChosen?: () => void }) {
  const { t } = useTranslation();
  const principal = usePrincipal();
  const navigate = useNavigate();
  const location = useLocation();
  const shown = pagesFor(principal);
  const current = shown.find((entry) => location.pathname.startsWith(entry.home(principal)));
  return (
    <nav aria-label={t('menu')}>
      <Menu
        theme="dark"
        mode="inline"
        style={{ background: 'transparent', borderInlineEnd: 0 }}
        selectedKeys={current ? [current.page] : []}
        items={shown.map((entry) => ({ key: entry.page, icon: entry.icon, label: t(entry.word) }))}
        onClick={({ key }) => {
          const entry = shown.find((candidate) => candidate.page === key);
          if (entry) navigate(entry.home(principal));
          onChosen?.();
        }}
      />
    </nav>
  );
}

function Top({ onMenu, onFind }: { onMenu: (() => void) | undefined; onFind: () => void }) {
  const { t } = useTranslation();
  const principal = usePrincipal();
  const { dark, toggle } = useDarkness();
  const { signOut } = useSessionActions();
  return (
    <Layout.Header
      style={{ height: 44, lineHeight: '44px', padding: '0 12px', display: 'flex', alignItems: 'center', gap: 8 }}
    >
      {onMenu && <Button type="text" icon={<MenuOutlined />} aria-label={t('menu')} onClick={onMenu} />}
      <Button icon={<SearchOutlined />} onClick={onFind} style={{ minWidth: onMenu ? undefined : 240, justifyContent: 'flex-start' }}>
        {!onMenu && <span className="quiet">{t('find')}</span>}
      </Button>
      <span style={{ flex: 1 }} />
      <LanguageSwitch />
      <Tooltip title={dark ? t('light') : t('dark')}>
        <Button
          type="text"
          icon={dark ? <SunOutlined /> : <MoonOutlined />}
          aria-label={dark ? t('light') : t('dark')}
          onClick={toggle}
        />
      </Tooltip>
      {!onMenu && <span>{principal.name ?? principal.account}</span>}
      <Tooltip title={t('signOut')}>
        <Button type="text" icon={<LogoutOutlined />} aria-label={t('signOut')} onClick={() => void signOut()} />
      </Tooltip>
    </Layout.Header>
  );
}

function Pages() {
  const { t } = useTranslation();
  const principal = usePrincipal();
  const home = pagesFor(principal)[0]?.home(principal) ?? '/nothing';
  return (
    <Suspense fallback={<Spin style={{ display: 'block', margin: '20vh auto' }} aria-label={t('loading')} />}>
      <Routes>
        <Route path="/" element={<Navigate to={home} replace />} />
        {pages
          .filter((entry) => principal.pages.includes(entry.page))
          .map((entry) => (
            <Route key={entry.page} path={entry.path} element={<entry.view />} />
          ))}
        <Route path="*" element={<Result status="404" title={t('notFound')} />} />
      </Routes>
    </Suspense>
  );
}

export function Shell() {
  const { t } = useTranslation();
  const offline = useOffline();
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const [menuOpen, setMenuOpen] = useState(false);
  const [finding, setFinding] = useState(false);
  return (
    <Layout style={{ minHeight: '100%' }}>
      <a className="skip-link" href="#content">
        {t('skip')}
      </a>
      {!narrow && (
        <Layout.Sider className="rail" width={148} style={{ position: 'sticky', top: 0, height: '100vh', overflow: 'auto' }}>
          <div style={{ display: 'flex', alignItems: 'center', gap: 8, padding: '10px 16px', color: '#fff', fontSize: 16 }}>
            <img src="/icon.svg" alt="" width={24} height={24} />
            {t('product')}
          </div>
          <Rail />
        </Layout.Sider>
      )}
      <Layout>
        <Top onMenu={narrow ? () => setMenuOpen(true) : undefined} onFind={() => setFinding(true)} />
        {offline && <Alert banner type="warning" message={t('offline')} />}
        <Layout.Content id="content" tabIndex={-1} role="main">
          <Pages />
        </Layout.Content>
      </Layout>
      <Drawer
        open={menuOpen}
        onClose={() => setMenuOpen(false)}
        placement="left"
        width={220}
        title={t('product')}
        styles={{ body: { padding: 0, background: '#12302e' } }}
      >
        <Rail onChosen={() => setMenuOpen(false)} />
      </Drawer>
      <Palette open={finding} onOpenChange={setFinding} />
    </Layout>
  );
}

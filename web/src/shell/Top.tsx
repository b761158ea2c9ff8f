// Above every page: the search, the language, light or dark, and who is signed in.
import { MenuOutlined, MoonOutlined, SearchOutlined, SunOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Popover, Tooltip } from 'antd';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';

import type { Principal } from '../api/schema';
import { rooms } from '../rooms';
import { useDarkness } from './darkness';
import { LanguageSwitch } from './LanguageSwitch';
import { useNarrow } from './narrow';
import { usePrincipal, useSessionActions } from './session';

export function roleWords(principal: Principal, t: (key: string) => string): string {
  return [...new Set(principal.roles.map((role) => t(`role_${role.role}`) + (role.group ? ` · ${role.group}` : '')))].join('、');
}

function Who() {
  const { t } = useTranslation();
  const principal = usePrincipal();
  const { leave } = useSessionActions();
  const [open, setOpen] = useState(false);
  const content = (
    <div className="who">
      <strong>{principal.name ?? principal.account}</strong>
      <span className="quiet">
        {principal.account}
        {principal.staff_no && principal.staff_no !== principal.account ? ` · ${principal.staff_no}` : ''}
      </span>
      <span>{roleWords(principal, t)}</span>
      <Link to="/account" onClick={() => setOpen(false)}>
        {t('ownAccount')}
      </Link>
      <Button size="small" onClick={() => void leave()}>
        {t('signOut')}
      </Button>
    </div>
  );
  return (
    <Popover open={open} onOpenChange={setOpen} trigger="click" placement="bottomRight" content={content}>
      <Button type="text" icon={<UserOutlined />} aria-label={t('whoAmI', { who: principal.name ?? principal.account })}>
        <span className="wide-only">{principal.name ?? principal.account}</span>
      </Button>
    </Popover>
  );
}

export function Top({ onMenu, onFind }: { onMenu: () => void; onFind: () => void }) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const { dark, toggle } = useDarkness();
  const shade = dark ? t('light') : t('dark');
  return (
    <header className="top">
      {narrow && <Button type="text" icon={<MenuOutlined />} aria-label={t('menu')} onClick={onMenu} />}
      <button type="button" className="finder" onClick={onFind} title={t('find')} {...(narrow ? { 'aria-label': t('find') } : {})}>
        <SearchOutlined aria-hidden />
        <span className="wide-only">{t('findShort')}</span>
        <kbd className="wide-only">Ctrl K</kbd>
      </button>
      <span className="grow" />
      <Suspense fallback={null}>{rooms.map(({ name, top: Piece }) => Piece && <Piece key={name} />)}</Suspense>
      <LanguageSwitch />
      <Tooltip title={shade}>
        <Button type="text" icon={dark ? <SunOutlined /> : <MoonOutlined />} aria-label={shade} onClick={toggle} />
      </Tooltip>
      <Who />
    </header>
  );
}

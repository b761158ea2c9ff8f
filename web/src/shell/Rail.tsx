// The rooms somebody may enter, in groups, as links.
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router-dom';

import { pagesFor } from './pages';
import { groups, type RoomPage } from './room';
import { usePrincipal } from './session';

function isCurrent(entry: RoomPage, path: string, own: string | null): boolean {
  if (entry.isAt) return entry.isAt(path, own);
  return path === entry.home || path.startsWith(`${entry.home}/`);
}

export function Rail({ onChosen }: { onChosen?: () => void }) {
  const { t } = useTranslation();
  const principal = usePrincipal();
  const { pathname } = useLocation();
  const shown = pagesFor(principal);
  return (
    <nav aria-label={t('menu')} className="rail-links">
      {groups
        .map((group) => ({ group, entries: shown.filter((entry) => entry.group === group) }))
        .filter(({ entries }) => entries.length > 0)
        .map(({ group, entries }) => (
          <ul key={group} aria-label={t(`rail_${group}`)}>
            {entries.map((entry) => {
              const current = isCurrent(entry, pathname, principal.staff_no);
              return (
                <li key={entry.page}>
                  <Link to={entry.home} className={current ? 'active' : ''} aria-current={current ? 'page' : undefined} onClick={() => onChosen?.()}>
                    {entry.icon}
                    <span>{t(entry.word)}</span>
                  </Link>
                </li>
              );
            })}
          </ul>
        ))}
    </nav>
  );
}

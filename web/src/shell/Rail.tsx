// The rooms somebody may enter, in groups, as links.
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router-dom';

import { groups, pagesFor } from './pages';
import { usePrincipal } from './session';

export function Rail({ onChosen }: { onChosen?: () => void }) {
  const { t } = useTranslation();
  const principal = usePrincipal();
  const shown = pagesFor(principal);
  return (
    <nav aria-label={t('menu')} className="rail-links">
      {groups
        .map((group) => ({ group, entries: shown.filter((entry) => entry.group === group) }))
        .filter(({ entries }) => entries.length > 0)
        .map(({ group, entries }) => (
          <ul key={group} aria-label={t(`rail_${group}`)}>
            {entries.map((entry) => (
              <li key={entry.page}>
                <NavLink to={entry.home(principal)} onClick={() => onChosen?.()}>
                  {entry.icon}
                  <span>{t(entry.word)}</span>
                </NavLink>
              </li>
            ))}
          </ul>
        ))}
    </nav>
  );
}

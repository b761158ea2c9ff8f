// Sheets of the month whose questions wait for an answer.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';

import type { MonthResult } from '../../api/types';
import { distance } from '../../shell/format';
import { Panel } from '../../shell/Panel';
import { useThreads } from './data';

export function OpenQuestions({ month }: { month: MonthResult }) {
  const { t } = useTranslation('appraisal');
  const threads = useThreads(month.period, month.open_questions > 0);
  const open = (threads.data ?? []).filter((thread) => thread.open);
  if (month.open_questions === 0 || open.length === 0) return null;
  return (
    <div style={{ marginBottom: 12 }}>
      <Panel title={t('openQuestions', { count: open.length })}>
        <ul className="row plain-list" style={{ gap: 18 }}>
          {open.map((thread) => (
            <li key={thread.staff_no} style={{ border: 0 }}>
              <Link to={`/sheet/${month.period}/${encodeURIComponent(thread.staff_no)}`}>{thread.name ?? thread.staff_no}</Link>
              <span className="quiet">{distance(thread.last_at, new Date())}</span>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}

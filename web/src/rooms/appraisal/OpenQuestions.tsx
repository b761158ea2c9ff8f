// Sheets of the month whose questions wait for an answer.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';

import type { MonthResult } from '../../api/schema';
import { distance } from '../../shell/format';
import { Mark } from '../../shell/Mark';
import { useThreads } from './data';

export function OpenQuestions({ month }: { month: MonthResult }) {
  const { t } = useTranslation('appraisal');
  const threads = useThreads(month.period, month.open_questions > 0);
  const open = (threads.data?.items ?? []).filter((thread) => thread.open);
  if (month.open_questions === 0 || open.length === 0) return null;
  return (
    <section className="panel strip" aria-label={t('openQuestions', { count: open.length })}>
      <Mark tone="info">{t('openQuestions', { count: open.length })}</Mark>
      {open.map((thread) => (
        <span key={thread.staff_no}>
          <Link to={`/sheet/${month.period}/${encodeURIComponent(thread.staff_no)}`}>{thread.name ?? thread.staff_no}</Link>{' '}
          <span className="quiet">{distance(thread.last_at, new Date())}</span>
        </span>
      ))}
    </section>
  );
}

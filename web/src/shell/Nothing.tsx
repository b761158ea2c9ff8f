// What stands where there is nothing to show: nothing yet, with the step that fills it, or what went wrong.
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Problem } from '../api/client';
import { ClauseLink } from './ClauseLink';

interface Props {
  title: ReactNode;
  children?: ReactNode; // the step
}

export function Nothing({ title, children }: Props) {
  return (
    <div className="nothing">
      <svg width="44" height="44" viewBox="0 0 44 44" aria-hidden focusable="false">
        <path d="M22 8v26M12 34h20M10 14h24M10 14l-5 11h10zM34 14l-5 11h10z" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinejoin="round" />
      </svg>
      <p>{title}</p>
      {children && <div>{children}</div>}
    </div>
  );
}

export function Trouble({ problem, onRetry }: { problem: Error; onRetry?: () => unknown }) {
  const { t } = useTranslation();
  const title = problem instanceof Problem && problem.isOffline ? t('offline') : problem.message || t('failed');
  return (
    <Nothing title={title}>
      {problem instanceof Problem && problem.clause && <ClauseLink clause={problem.clause} />}
      {onRetry && <Button onClick={() => onRetry()}>{t('retry')}</Button>}
    </Nothing>
  );
}

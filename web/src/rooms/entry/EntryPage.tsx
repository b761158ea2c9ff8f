// Entry grids for those who lead: one tab for each kind of fact they may enter, and what was entered lately.
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router-dom';

import { get } from '../../api/client';
import type { FactKind } from '../../api/schema';
import { useLabel } from '../../shell/label';
import { Nothing, Trouble } from '../../shell/Nothing';
import { TabBar } from '../../shell/TabBar';
import { EntryGrid } from './EntryGrid';

function useKinds() {
  return useQuery({
    queryKey: ['fact-kinds'],
    queryFn: ({ signal }) => get<FactKind[]>('/facts/kinds', signal),
    staleTime: 600_000,
  });
}

export default function EntryPage() {
  const { t } = useTranslation('entry');
  const say = useLabel();
  const navigate = useNavigate();
  const { grid } = useParams();
  const kinds = useKinds();
  const current = kinds.data?.find(({ kind }) => kind === grid) ?? kinds.data?.[0];
  return (
    <div className="page">
      <div className="page-head" style={{ marginBottom: 0 }}>
        <h1>{t('entry')}</h1>
      </div>
      {kinds.isPending && <Skeleton active />}
      {kinds.isError && <Trouble problem={kinds.error} onRetry={kinds.refetch} />}
      {kinds.isSuccess && !current && <Nothing title={t('nothingToEnter')} />}
      {kinds.data && current && (
        <>
          <TabBar
            label={t('entry')}
            tabs={kinds.data.map(({ kind, label }) => ({ key: kind, title: say(label) }))}
            current={current.kind}
            onChange={(kind) => navigate(`/entry/${kind}`)}
          />
          <EntryGrid key={current.kind} kind={current} />
        </>
      )}
    </div>
  );
}

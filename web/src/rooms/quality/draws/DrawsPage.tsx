// An agent's draws: all that concern the own contacts, or one, drawn again here.
import { Skeleton } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router-dom';

import { get } from '../../../api/client';
import type { OwnDraw, OwnProof } from '../../../api/schema';
import { monthName, wallClock } from '../../../shell/format';
import { Listing, type ListColumn } from '../../../shell/Listing';
import { Mark } from '../../../shell/Mark';
import { Trouble } from '../../../shell/Nothing';
import { OneDraw } from './OneDraw';
import './draws.css';

const pathTo = ({ plan, round }: Pick<OwnDraw, 'plan' | 'round'>) => `/draws/${plan}/${round}`;

function useOwnDraws() {
  return useQuery({ queryKey: ['own-draws'], queryFn: ({ signal }) => get<OwnDraw[]>('/quality/own-draws', signal) });
}

function Draws() {
  const { t } = useTranslation('draws');
  const navigate = useNavigate();
  const draws = useOwnDraws();
  const columns: ListColumn<OwnDraw>[] = [
    {
      key: 'plan',
      title: t('plan'),
      text: (row) => `${row.title} ${row.round}`,
      cell: (row) => (row.drawn_at ? <Link to={pathTo(row)}>{t('title', row)}</Link> : t('title', row)),
    },
    { key: 'month', title: t('month'), text: (row) => row.month, cell: (row) => monthName(row.month) },
    {
      key: 'committed',
      title: t('committed'),
      text: (row) => row.committed_at,
      cell: (row) => (
        <>
          {wallClock(row.committed_at).slice(0, 16)}{' '}
          <Mark tone={row.committed_before_period ? 'good' : 'warn'}>{t(row.committed_before_period ? 'before' : 'after')}</Mark>
        </>
      ),
    },
    {
      key: 'drawn_at',
      title: t('drawnAt'),
      cell: (row) => (row.drawn_at ? wallClock(row.drawn_at).slice(0, 16) : <span className="quiet">{t('notDrawn')}</span>),
      text: (row) => row.drawn_at ?? '',
    },
    { key: 'contacts', title: t('own'), figure: true, cell: (row) => row.contacts ?? '—' },
    { key: 'drawn', title: t('drawn'), figure: true, narrow: true, cell: (row) => row.drawn ?? '—' },
  ];
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('draws')}</h1>
      </div>
      <p className="quiet draws-intro">{t('intro')}</p>
      <Listing
        name="draws"
        caption={t('draws')}
        rowKey={pathTo}
        columns={columns}
        rows={draws.data ?? []}
        query={draws}
        empty={t('none')}
        onOpen={(row) => row.drawn_at && navigate(pathTo(row))}
      />
    </div>
  );
}

function One({ plan, round }: { plan: string; round: string }) {
  const { t } = useTranslation('draws');
  const draws = useOwnDraws();
  const proof = useQuery({
    queryKey: ['own-draw', plan, round],
    queryFn: ({ signal }) => get<OwnProof>(`/quality/own-draws/${plan}/${round}`, signal),
    placeholderData: () => undefined,
    staleTime: Infinity,
  });
  const draw = draws.data?.find((one) => String(one.plan) === plan && String(one.round) === round);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{draw ? t('title', draw) : t('draws')}</h1>
        <Link to="/draws">{t('back')}</Link>
      </div>
      {proof.isPending && <Skeleton active />}
      {proof.isError && <Trouble problem={proof.error} onRetry={proof.refetch} />}
      {proof.data && <OneDraw proof={proof.data} file={`proof-${plan}-${round}.json`} />}
    </div>
  );
}

export default function DrawsPage() {
  const { plan, round } = useParams();
  return plan === undefined || round === undefined ? <Draws /> : <One key={`${plan}/${round}`} plan={plan} round={round} />;
}

// Weekly batches: handed in by their inspector, sent back or published by the supervisor; the talks that are due.
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router-dom';
import { Skeleton } from 'antd';

import { dayName } from '../../../shell/format';
import { Nothing, Trouble } from '../../../shell/Nothing';
import { Panel } from '../../../shell/Panel';
import { useHasRole } from '../../../shell/session';
import { TabBar } from '../../../shell/TabBar';
import { useFilters } from '../../../shell/useCursorList';
import { BatchMark } from '../shared/States';
import { Batch } from './Batch';
import { useBatches, useTalks } from './data';
import { Talks } from './Talks';
import './review.css';

const filterNames = ['tab'] as const;

function Batches() {
  const { t } = useTranslation('quality');
  const { inspector, number } = useParams();
  const batches = useBatches();
  const list = batches.data ?? [];
  const reviews = useHasRole('qa_supervisor');
  // What waits for the one who looks comes first.
  const mine = list.find(({ state }) => state === (reviews ? 'in_review' : 'collecting')) ?? list[0];
  const shown = inspector === undefined ? mine : { inspector, number: Number(number) };
  if (batches.isPending) return <Skeleton active />;
  if (batches.isError && !batches.data) return <Trouble problem={batches.error} onRetry={batches.refetch} />;
  return (
    <div className="two-columns">
      <Panel title={t('batches')} flush>
        <ul className="clause-list">
          {list.map((batch) => (
            <li key={`${batch.inspector}/${batch.number}`}>
              <Link
                to={`/review/${encodeURIComponent(batch.inspector)}/${batch.number}`}
                aria-current={batch.inspector === shown?.inspector && batch.number === shown.number ? 'true' : undefined}
              >
                <span>{batch.name ?? batch.inspector}</span>
                <span className="quiet">{t('weekOf', { day: dayName(batch.week), number: batch.number })}</span>
                <BatchMark state={batch.state} />
              </Link>
            </li>
          ))}
        </ul>
        {list.length === 0 && <p className="quiet panel-note">{t(reviews ? 'noBatches' : 'noOwnBatches')}</p>}
      </Panel>
      {shown ? <Batch key={`${shown.inspector}/${shown.number}`} name={shown} /> : <Nothing title={t(reviews ? 'noBatches' : 'noOwnBatches')} />}
    </div>
  );
}

export default function ReviewPage() {
  const { t } = useTranslation('quality');
  const reviews = useHasRole('qa_supervisor');
  const talks = useTalks(reviews);
  const { values, set } = useFilters(filterNames);
  const tab = reviews && values.tab === 'talks' ? 'talks' : 'batches';
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t(reviews ? 'review' : 'ownBatches')}</h1>
      </div>
      {reviews && (
        <TabBar
          label={t('review')}
          tabs={[
            { key: 'batches', title: t('batches') },
            { key: 'talks', title: t('talksDue', { count: talks.data?.length ?? 0 }) },
          ]}
          current={tab}
          onChange={(key) => set({ tab: key === 'talks' ? key : undefined })}
        />
      )}
      {tab === 'talks' ? <Talks talks={talks.data ?? []} query={talks} /> : <Batches />}
    </div>
  );
}

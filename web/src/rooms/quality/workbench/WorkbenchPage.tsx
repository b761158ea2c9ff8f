// The page an inspector lives in: the queue at the left, the record in the middle, the rubric at the right.
import { useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Skeleton } from 'antd';
import { UnorderedListOutlined } from '@ant-design/icons';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router-dom';

import { useNarrow } from '../../../shell/narrow';
import { Nothing, Trouble } from '../../../shell/Nothing';
import { prefetchRecord, useQueue } from '../shared/data';
import { Bench } from './Bench';
import { Queue } from './Queue';
import { after, moved } from './queue';
import { Shortcuts } from './Shortcuts';
import { useBenchKeys } from './useBenchKeys';
import './workbench.css';

export default function WorkbenchPage() {
  const { t } = useTranslation('quality');
  const { key } = useParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const narrow = useNarrow();
  const queue = useQueue();
  const [helpOpen, setHelpOpen] = useState(false);
  const [queueOpen, setQueueOpen] = useState(false);
  const list = queue.data ?? [];
  const shownKey = key ?? list[0]?.key;
  const next = after(list, shownKey);

  // The next record is there before it is asked for.
  useEffect(() => {
    if (next) prefetchRecord(queries, next);
  }, [queries, next]);

  const go = (to: string | undefined) => {
    setQueueOpen(false);
    navigate(to === undefined ? '/workbench' : `/workbench/${to}`);
  };
  useBenchKeys({
    j: () => go(moved(list, shownKey, 1)?.key),
    k: () => go(moved(list, shownKey, -1)?.key),
    '?': () => setHelpOpen(true),
  });

  if (queue.isPending) return <Skeleton active className="page" />;
  if (queue.isError && !queue.data)
    return (
      <div className="page">
        <Trouble problem={queue.error} onRetry={queue.refetch} />
      </div>
    );
  const shownQueue = <Queue queue={list} current={shownKey} onOpen={go} />;
  return (
    <div className="workbench">
      <h1 className="for-ears">{t('workbench')}</h1>
      {!narrow && <nav className="bench-queue" aria-label={t('queue')}>{shownQueue}</nav>}
      {narrow && (
        <div className="bench-narrow">
          <Button size="small" icon={<UnorderedListOutlined />} onClick={() => setQueueOpen(true)}>
            {t('queueOf', { count: list.length })}
          </Button>
        </div>
      )}
      {shownKey ? (
        <Bench key={shownKey} inspection={shownKey} next={next} onNext={() => go(next?.key)} onHelp={() => setHelpOpen(true)} />
      ) : (
        <Nothing title={t('queueEmpty')}>
          <Link to="/review">{t('toReview')}</Link>
        </Nothing>
      )}
      {narrow && (
        <Drawer open={queueOpen} onClose={() => setQueueOpen(false)} placement="left" width={280} title={t('queue')}>
          {shownQueue}
        </Drawer>
      )}
      <Shortcuts open={helpOpen} onClose={() => setHelpOpen(false)} />
    </div>
  );
}

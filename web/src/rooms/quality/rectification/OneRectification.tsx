// One rectification, from its finding to its closure, with the steps that are open to the reader.
import { Button, Descriptions, Drawer, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';

import type { QualityTalk, Rectification, RectificationLink } from '../../../api/schema';
import { dayName, wallClock } from '../../../shell/format';
import { Mark } from '../../../shell/Mark';
import { Trouble } from '../../../shell/Nothing';
import { usePrincipal } from '../../../shell/session';
import { useRubricWords } from '../rubric/rubrics';
import { RectificationMark } from '../shared/States';
import { type RectificationName, useRectification } from './data';
import { StepForm } from './StepForm';

function Chain({ chain, talks }: { chain: readonly RectificationLink[]; talks: readonly QualityTalk[] }) {
  const { t } = useTranslation('quality');
  return (
    <ol className="chain" aria-label={t('chain')}>
      {chain.map((link) => (
        <li key={link.number}>
          <div className="row">
            <strong>{t(`link_${link.action}`)}</strong>
            <span className="quiet">
              {link.by_name ?? link.by} · {wallClock(link.at).slice(0, 16)}
            </span>
            {link.due && <Mark>{t('untilDay', { day: dayName(link.due) })}</Mark>}
          </div>
          {link.text !== '' && <p className="told">{link.text}</p>}
          {link.records.length > 0 && (
            <p className="row">
              {link.records.map((record) => (
                <Link key={record} to={`/results/${record}`}>
                  {t('laterRecord', { record })}
                </Link>
              ))}
            </p>
          )}
        </li>
      ))}
      {talks
        .filter((talk) => talk.state === 'due')
        .map((talk) => (
          <li key={`talk-${talk.number}`}>
            <Mark tone="warn">{t('talkStillDue')}</Mark>
          </li>
        ))}
    </ol>
  );
}

// An agent sets measures for the own finding only; who the others are, the server checks once more.
function useSteps(rectification: Rectification | undefined): readonly string[] {
  const principal = usePrincipal();
  const own = rectification?.staff_no === principal.staff_no;
  const agents = ['set_measures', 'report', 'ask_extension'];
  const asked = rectification?.asked_until !== null;
  const settles = ['grant_extension', 'refuse_extension'];
  return (rectification?.actions ?? []).filter((action) => agents.includes(action) === own && (asked || !settles.includes(action)));
}

export function OneRectification({ name, onClose }: { name: RectificationName; onClose: () => void }) {
  const { t } = useTranslation('quality');
  const words = useRubricWords();
  const query = useRectification(name);
  const { data } = query;
  const steps = useSteps(data);
  const [doing, setDoing] = useState<string>();
  return (
    <Drawer open onClose={onClose} title={data ? t('rectificationOf', { who: data.name ?? data.staff_no }) : t('rectification')} width="min(640px, 100vw)">
      {query.isPending && <Skeleton active />}
      {query.isError && !data && <Trouble problem={query.error} onRetry={query.refetch} />}
      {data && (
        <div className="stack">
          <div className="row">
            <RectificationMark state={data.state} />
            {data.overdue && <Mark tone="bad">{t('overdue')}</Mark>}
            {data.escalated_at && <Mark tone="warn">{t('escalated')}</Mark>}
            <span>{t('untilDay', { day: dayName(data.due) })}</span>
            {data.asked_until && <Mark tone="info">{t('asksUntil', { day: dayName(data.asked_until) })}</Mark>}
          </div>
          <Descriptions size="small" column={1} bordered styles={{ label: { whiteSpace: 'nowrap' } }}>
            <Descriptions.Item label={t('problem')}>
              <strong>{words.item(data.problem.item)}</strong> <span className="fall">{`${words.severity(data.problem.choice)} −${data.problem.points}`}</span>
              <p className="told">{data.problem.reason}</p>
              <Link to={`/results/${data.inspection}`}>{t('toResult')}</Link>
            </Descriptions.Item>
            <Descriptions.Item label={t('measures')}>
              {data.measures === '' ? <span className="quiet">{t('noMeasures')}</span> : <span className="told">{data.measures}</span>}
            </Descriptions.Item>
          </Descriptions>
          {doing === undefined ? (
            <div className="row">
              {steps.map((action, at) => (
                <Button key={action} type={at === 0 ? 'primary' : 'default'} onClick={() => setDoing(action)}>
                  {t(`step_${action}`)}
                </Button>
              ))}
            </div>
          ) : (
            <StepForm key={doing} rectification={data} action={doing} onDone={() => setDoing(undefined)} />
          )}
          <Chain chain={data.chain} talks={data.talks} />
        </div>
      )}
    </Drawer>
  );
}

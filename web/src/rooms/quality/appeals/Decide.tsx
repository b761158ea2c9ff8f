// Deciding an appeal, or several about one item: the ruling above, what is asked for and the evidence below.
import { Alert, Drawer, Radio, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Appeal, Inspection, Rubric } from '../../../api/schema';
import { wallClock } from '../../../shell/format';
import { useLabel } from '../../../shell/label';
import { Trouble } from '../../../shell/Nothing';
import { AppealStory } from '../results/AppealStory';
import { useInspection, useRubricOf } from '../shared/data';
import { InspectedRecord } from '../shared/InspectedRecord';
import { itemOf } from '../shared/rubric';
import { useReadingWords } from '../shared/useReadingWords';
import { nameOf } from './data';
import { Ruling } from './Ruling';

function Evidence({ appeal, inspection, rubric }: { appeal: Appeal; inspection: Inspection; rubric: Rubric }) {
  const say = useLabel();
  const words = useReadingWords(rubric);
  const finding = inspection.marks.findings.find(({ number }) => number === appeal.finding);
  const item = itemOf(rubric, appeal.item);
  return (
    <>
      <div className="row">
        <strong>{item ? say(item.label) : appeal.item}</strong>
        <span className="fall">{words(appeal.item, appeal.current)}</span>
        <span className="quiet">{wallClock(inspection.occurred_at).slice(0, 16)}</span>
      </div>
      {finding && <p className="told">{finding.reason}</p>}
      <AppealStory appeal={appeal} item={appeal.item} rubric={rubric} own={false} />
      <InspectedRecord contact={inspection.contact} channel={inspection.channel} findings={finding ? [finding] : []} rubric={rubric} chosen={appeal.finding} />
    </>
  );
}

export function Decide({ appeals, onClose }: { appeals: readonly Appeal[]; onClose: () => void }) {
  const { t } = useTranslation('quality');
  const [shown, setShown] = useState(0);
  const appeal = appeals[shown];
  const inspection = useInspection(appeal?.inspection);
  const rubric = useRubricOf(appeal?.inspection);
  const failed = inspection.error ?? rubric.error;
  return (
    <Drawer open onClose={onClose} title={t('decideOf', { who: appeals.map(({ name, staff_no }) => name ?? staff_no).join(t('listComma')) })} width="min(780px, 100vw)">
      {failed && <Trouble problem={failed} onRetry={inspection.refetch} />}
      {!failed && (!inspection.data || !rubric.data) && <Skeleton active />}
      {appeal && inspection.data && rubric.data && (
        <div className="stack">
          {appeals.length > 1 && (
            <>
              <Alert type="info" showIcon message={t('togetherNote', { count: appeals.length })} />
              <Radio.Group value={shown} onChange={(event) => setShown(event.target.value as number)} size="small" aria-label={t('evidence')}>
                {appeals.map((one, at) => (
                  <Radio.Button key={nameOf(one)} value={at}>
                    {one.name ?? one.staff_no}
                  </Radio.Button>
                ))}
              </Radio.Group>
            </>
          )}
          <Ruling appeals={appeals} rubric={rubric.data} onDone={onClose} />
          <Evidence key={nameOf(appeal)} appeal={appeal} inspection={inspection.data} rubric={rubric.data} />
        </div>
      )}
    </Drawer>
  );
}

// Deciding an appeal, or several about one item: the ruling above, what is asked for and the evidence below.
import { Alert, Drawer, Radio, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Appeal, Inspection, Rubric } from '../../../api/schema';
import { wallClock } from '../../../shell/format';
import { useLabel } from '../../../shell/label';
import { Trouble } from '../../../shell/Nothing';
import { usePrincipal } from '../../../shell/session';
import { AppealStory } from '../results/AppealStory';
import { useInspection, useRubricOf } from '../shared/data';
import { InspectedRecord } from '../shared/InspectedRecord';
import { itemOf } from '../shared/rubric';
import { useReadingWords } from '../shared/useReadingWords';
import { BlindReading } from './BlindReading';
import { isBlindTo, nameOf } from './data';
import { Ruling } from './Ruling';

function Evidence({ appeal, inspection, rubric }: { appeal: Appeal; inspection: Inspection; rubric: Rubric }) {
  const { t } = useTranslation('quality');
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
      {appeal.blind_reading && (
        <p>
          {t('blindRead', { who: appeal.assigned_name ?? appeal.assigned_to ?? '' })} <strong>{words(appeal.item, appeal.blind_reading)}</strong>
        </p>
      )}
      <AppealStory appeal={appeal} item={appeal.item} rubric={rubric} own={false} />
      <InspectedRecord contact={inspection.contact} channel={inspection.channel} findings={finding ? [finding] : []} rubric={rubric} chosen={appeal.finding} />
    </>
  );
}

// Before the blind reading: the record, and where in it to look.
function Unseen({ appeal, inspection, rubric }: { appeal: Appeal; inspection: Inspection; rubric: Rubric }) {
  const say = useLabel();
  const item = itemOf(rubric, appeal.item);
  return (
    <>
      <div className="row">
        <strong>{item ? say(item.label) : appeal.item}</strong>
        <span className="quiet">{wallClock(inspection.occurred_at).slice(0, 16)}</span>
      </div>
      <InspectedRecord contact={inspection.contact} channel={inspection.channel} findings={inspection.marks.findings} rubric={rubric} chosen={appeal.finding} />
    </>
  );
}

export function Decide({ appeals: opened, onClose }: { appeals: readonly Appeal[]; onClose: () => void }) {
  const { t } = useTranslation('quality');
  const { staff_no: own } = usePrincipal();
  const [read, setRead] = useState<Appeal>(); // blind just now
  const appeals = read ? [read] : opened;
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
          {isBlindTo(appeal, own) ? (
            <>
              <BlindReading appeal={appeal} rubric={rubric.data} onRead={setRead} />
              <Unseen appeal={appeal} inspection={inspection.data} rubric={rubric.data} />
            </>
          ) : (
            <>
              <Ruling appeals={appeals} rubric={rubric.data} onDone={onClose} />
              <Evidence key={nameOf(appeal)} appeal={appeal} inspection={inspection.data} rubric={rubric.data} />
            </>
          )}
        </div>
      )}
    </Drawer>
  );
}

// Scoring a record of a session blind: the record at the left, the rubric at the right. What is chosen is kept on this
// machine until it is handed in.
import { Alert, App, Button } from 'antd';
import { useTranslation } from 'react-i18next';

import { Problem } from '../../../api/client';
import type { Calibration, CalibrationRecord, InspectionBonus } from '../../../api/schema';
import { useKept } from '../../../shell/kept';
import { Panel } from '../../../shell/Panel';
import { usePrincipal } from '../../../shell/session';
import { ContactRecord } from '../../contacts/ContactRecord';
import { useHandIn, useReadings } from './data';
import { itemsFor, marksOf, type Reading, readingOf, withoutReason } from './reading';
import { ReadingForm } from './ReadingForm';

function OwnReading({ session, record }: { session: Calibration; record: CalibrationRecord }) {
  const { t } = useTranslation('calibration');
  const { message } = App.useApp();
  const { staff_no, account } = usePrincipal();
  const handIn = useHandIn(session.number);
  const before = useReadings(session.number).data?.find((reading) => reading.place === record.place && reading.inspector === staff_no);
  const kept = `calibration.${session.number}.${record.place}.${account}`;
  const [typed, setTyped] = useKept<Reading | null>(kept, null);
  const [given, setGiven] = useKept<InspectionBonus[] | null>(`${kept}.bonuses`, null);
  const bonuses = given ?? before?.marks.bonuses ?? [];
  const reading = typed ?? (before ? readingOf(before.marks) : {});
  const faults = handIn.error instanceof Problem ? handIn.error.errors.map(({ detail }) => detail) : [];
  const send = () =>
    handIn.mutate(
      { place: record.place, marks: marksOf(reading, itemsFor(session.rubric, record.channel), bonuses) },
      {
        onSuccess: () => {
          setTyped(null);
          setGiven(null);
          void message.success(t('handInDone', { place: record.place }));
        },
      },
    );
  const submit = (
    <Button type="primary" size="small" loading={handIn.isPending} disabled={withoutReason(reading, bonuses).length > 0} onClick={send}>
      {t(before ? 'handInAgain' : 'handIn')}
    </Button>
  );
  return (
    <Panel title={t('yourReading')} extra={submit}>
      {handIn.isError && <Alert type="error" showIcon message={faults.join(' ') || handIn.error.message} style={{ marginBottom: 8 }} />}
      <ReadingForm rubric={session.rubric} channel={record.channel} reading={reading} onChange={setTyped} bonuses={bonuses} onBonuses={setGiven} />
    </Panel>
  );
}

export function Scoring({ session, record }: { session: Calibration; record: CalibrationRecord }) {
  const { t } = useTranslation('calibration');
  const { staff_no } = usePrincipal();
  const takesPart = session.inspectors.some((inspector) => inspector.staff_no === staff_no);
  return (
    <div className={takesPart ? 'calibration-desk' : ''}>
      <Panel title={t('record', { place: record.place })} extra={<code className="quiet">{record.contact}</code>}>
        <ContactRecord id={record.contact} channel={record.channel} />
      </Panel>
      {takesPart && <OwnReading session={session} record={record} />}
    </div>
  );
}

// Scoring a record of a session blind: the record at the left, the rubric at the right. What is chosen is saved on the
// server as it is chosen, until it is handed in; what is changed after that is kept on this machine until it is handed in
// anew.
import { Alert, App, Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Problem } from '../../../api/client';
import type { Calibration, CalibrationRecord, InspectionMarks } from '../../../api/schema';
import { useKept } from '../../../shell/kept';
import { Trouble } from '../../../shell/Nothing';
import { Panel } from '../../../shell/Panel';
import { usePrincipal } from '../../../shell/session';
import { ContactRecord } from '../../contacts/ContactRecord';
import { emptyMarks } from '../workbench/marks';
import { SaveNotice } from '../workbench/SaveNotice';
import { SaveSign } from '../workbench/SaveSign';
import { useHandIn, useReadingsAfresh } from './data';
import { itemsFor, marksOf, readingOf, withoutReason } from './reading';
import { ReadingForm } from './ReadingForm';
import { useReadingDraft } from './useReadingDraft';

interface Own {
  session: Calibration;
  record: CalibrationRecord;
}

interface Written extends Own {
  marks: InspectionMarks;
  onChange: (marks: InspectionMarks) => void;
  sign: ReactNode; // where the marks are
  notice?: ReactNode;
  step: 'handIn' | 'handInAgain';
  mayHandIn: boolean;
  settled: () => Promise<InspectionMarks | undefined>; // what is to be handed in; none: it cannot be now
  onHandedIn?: () => void;
}

function ReadingPanel({ session, record, marks, onChange, sign, notice, step, mayHandIn, settled, onHandedIn }: Written) {
  const { t } = useTranslation('calibration');
  const { message } = App.useApp();
  const handIn = useHandIn(session.number);
  const reading = readingOf(marks);
  const { bonuses } = marks;
  const items = itemsFor(session.rubric, record.channel);
  const faults = handIn.error instanceof Problem ? handIn.error.errors.map(({ detail }) => detail) : [];
  const send = async () => {
    const last = await settled();
    if (last === undefined) return;
    handIn.mutate(
      { place: record.place, marks: last },
      {
        onSuccess: () => {
          onHandedIn?.();
          void message.success(t('handInDone', { place: record.place }));
        },
      },
    );
  };
  const head = (
    <span className="row">
      {sign}
      <Button
        type="primary"
        size="small"
        loading={handIn.isPending}
        disabled={!mayHandIn || withoutReason(reading, bonuses).length > 0}
        onClick={() => void send()}
      >
        {t(step)}
      </Button>
    </span>
  );
  return (
    <Panel title={t('yourReading')} extra={head}>
      {notice}
      {handIn.isError && <Alert type="error" showIcon message={faults.join(' ') || handIn.error.message} style={{ marginBottom: 8 }} />}
      <ReadingForm
        rubric={session.rubric}
        channel={record.channel}
        reading={reading}
        onChange={(changed) => onChange(marksOf(changed, items, bonuses))}
        bonuses={bonuses}
        onBonuses={(given) => onChange({ ...marks, bonuses: given })}
      />
    </Panel>
  );
}

function Draft({ onServer, ...own }: Own & { onServer: InspectionMarks }) {
  const { account } = usePrincipal();
  const { session, record } = own;
  const { saver, draft } = useReadingDraft({
    session: session.number,
    place: record.place,
    onServer,
    kept: `calibration.draft.${session.number}.${record.place}.${account}`,
  });
  return (
    <ReadingPanel
      {...own}
      marks={draft.marks}
      onChange={(marks) => saver.change(marks)}
      sign={<SaveSign state={draft.state} />}
      notice={<SaveNotice of="reading" draft={draft} onSettle={(ownMarks) => saver.settle(ownMarks)} />}
      step="handIn"
      mayHandIn={draft.state !== 'conflict' && draft.state !== 'lost'}
      settled={async () => ((await saver.flush()) ? saver.now().marks : undefined)}
    />
  );
}

// The server keeps one reading: what changes in one that is handed in counts when it is handed in anew.
function HandedIn({ onServer, ...own }: Own & { onServer: InspectionMarks }) {
  const { t } = useTranslation('calibration');
  const { account } = usePrincipal();
  const { session, record } = own;
  const [changed, setChanged] = useKept<InspectionMarks | null>(`calibration.again.${session.number}.${record.place}.${account}`, null);
  return (
    <ReadingPanel
      {...own}
      marks={changed ?? onServer}
      onChange={setChanged}
      sign={
        <span className={changed ? 'fall' : 'quiet'} role="status">
          {t(changed ? 'notHandedIn' : 'isHandedIn')}
        </span>
      }
      step="handInAgain"
      mayHandIn={changed !== null}
      settled={() => Promise.resolve(changed ?? undefined)}
      onHandedIn={() => setChanged(null)}
    />
  );
}

function OwnReading(own: Own) {
  const { staff_no } = usePrincipal();
  const readings = useReadingsAfresh(own.session.number);
  if (readings.isPending || !readings.isFetchedAfterMount) return <Skeleton active />;
  if (!readings.data) return <Trouble problem={readings.error} onRetry={readings.refetch} />;
  const before = readings.data.find(({ place, inspector }) => place === own.record.place && inspector === staff_no);
  const Form = before?.handed_in ? HandedIn : Draft;
  return <Form {...own} onServer={before?.marks ?? emptyMarks} />;
}

export function Scoring({ session, record }: Own) {
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

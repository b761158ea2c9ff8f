// The readings of one record side by side, and the one that was agreed on.
import { Alert, App, Button, Input, Segmented, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Problem } from '../../../api/client';
import type { Calibration, CalibrationReading, CalibrationRecord, InspectionBonus } from '../../../api/schema';
import { DataTable, type Column } from '../../../shell/DataTable';
import { placed } from '../../../shell/format';
import { useKept } from '../../../shell/kept';
import { useLabel } from '../../../shell/label';
import { Mark } from '../../../shell/Mark';
import { Panel } from '../../../shell/Panel';
import { ContactRecord } from '../../contacts/ContactRecord';
import { useAgree, useReadings } from './data';
import { differing, givenApart, itemsFor, marksOf, type Reading, readingOf, withoutReason } from './reading';
import { ReadingForm, useVerdictWords } from './ReadingForm';

const noReadings: CalibrationReading[] = [];

// A line of the comparison: an item or a bonus, and what each reading says of it.
interface Line {
  id: string;
  label: string;
  differs: boolean;
  of: (reading: CalibrationReading) => { words: string; reason: string | undefined };
}

function useLines(session: Calibration, record: CalibrationRecord, readings: CalibrationReading[]): Line[] {
  const { t } = useTranslation('calibration');
  const say = useLabel();
  const called = useVerdictWords(session.rubric);
  const items = itemsFor(session.rubric, record.channel);
  const { bonuses } = session.rubric;
  const ofInspectors = readings.filter(({ inspector }) => inspector !== null).map(({ marks }) => marks);
  const apart = new Set([
    ...differing(ofInspectors.map(readingOf), items).map(({ id }) => id),
    ...givenApart(ofInspectors.map((marks) => marks.bonuses), bonuses.map(({ id }) => id)),
  ]);
  return [
    ...items.map((item) => ({
      id: item.id,
      label: say(item.label),
      differs: apart.has(item.id),
      of: ({ marks }: CalibrationReading) => {
        const verdict = readingOf(marks)[item.id];
        return { words: called(item, verdict), reason: verdict?.reason };
      },
    })),
    ...bonuses.map((rule) => ({
      id: rule.id,
      label: say(rule.label),
      differs: apart.has(rule.id),
      of: ({ marks }: CalibrationReading) => {
        const given = marks.bonuses.find(({ bonus }) => bonus === rule.id);
        return { words: given ? `+${given.points}` : t('nothing'), reason: given?.reason };
      },
    })),
  ];
}

function SideBySide({ session, record, readings }: { session: Calibration; record: CalibrationRecord; readings: CalibrationReading[] }) {
  const { t } = useTranslation('calibration');
  const [all, setAll] = useState(false);
  const lines = useLines(session, record, readings);
  const shown = all ? lines : lines.filter(({ differs }) => differs);
  const columns: Column<Line>[] = [
    {
      key: 'item',
      title: t('item'),
      wraps: true,
      cell: (line) => (
        <>
          {line.label} {line.differs && <Mark tone="warn">{t('differ')}</Mark>}
        </>
      ),
      sum: t('score'),
    },
    ...readings.map((reading) => ({
      key: reading.inspector ?? 'agreed',
      title: reading.inspector === null ? t('agreed') : (reading.name ?? reading.inspector),
      cell: (line: Line) => {
        const { words, reason } = line.of(reading);
        return <span title={reason}>{words}</span>;
      },
      sum: <strong>{placed(reading.score, 1)}</strong>,
    })),
  ];
  const choice = (
    <Segmented
      size="small"
      aria-label={t('item')}
      value={all ? 'all' : 'differing'}
      options={[
        { value: 'differing', label: t('onlyDiffering') },
        { value: 'all', label: t('allItems') },
      ]}
      onChange={(value) => setAll(value === 'all')}
    />
  );
  return (
    <Panel title={t('readings')} extra={choice} flush>
      {readings.length === 0 && <p className="quiet panel-note">{t('nobodyYet')}</p>}
      {readings.length > 0 && shown.length === 0 && <p className="quiet panel-note">{t('allSame')}</p>}
      {shown.length > 0 && <DataTable caption={t('readings')} columns={columns} rows={shown} rowKey={({ id }) => id} />}
    </Panel>
  );
}

// The reading that the session agrees on, with what was learnt about items.
function Agreeing({ session, record, readings }: { session: Calibration; record: CalibrationRecord; readings: CalibrationReading[] }) {
  const { t } = useTranslation('calibration');
  const { message } = App.useApp();
  const say = useLabel();
  const agree = useAgree(session.number);
  const items = itemsFor(session.rubric, record.channel);
  const disputed = useMemo(
    () => new Set(differing(readings.filter(({ inspector }) => inspector !== null).map(({ marks }) => readingOf(marks)), items).map(({ id }) => id)),
    [readings, items],
  );
  const start = readings.find(({ inspector }) => inspector === null) ?? readings[0];
  const [typed, setTyped] = useKept<Reading | null>(`calibration.agreed.${session.number}.${record.place}`, null);
  const [given, setGiven] = useKept<InspectionBonus[] | null>(`calibration.agreed.${session.number}.${record.place}.bonuses`, null);
  const [learnt, setLearnt] = useKept<Record<string, string>>(`calibration.learnt.${session.number}.${record.place}`, {});
  const reading = typed ?? (start ? readingOf(start.marks) : {});
  const bonuses = given ?? start?.marks.bonuses ?? [];
  const faults = agree.error instanceof Problem ? agree.error.errors.map(({ detail }) => detail) : [];
  const send = () =>
    agree.mutate(
      {
        place: record.place,
        reading: {
          marks: marksOf(reading, items, bonuses),
          learnt: Object.entries(learnt).flatMap(([item, words]) => (words.trim() === '' ? [] : [{ item, words: words.trim() }])),
        },
      },
      { onSuccess: () => void message.success(t('agreeDone', { place: record.place })) },
    );
  return (
    <Panel
      title={t('agreedReading')}
      extra={
        <Button type="primary" size="small" loading={agree.isPending} disabled={withoutReason(reading, bonuses).length > 0} onClick={send}>
          {t('agree')}
        </Button>
      }
    >
      {agree.isError && <Alert type="error" showIcon message={faults.join(' ') || agree.error.message} style={{ marginBottom: 8 }} />}
      <ReadingForm
        rubric={session.rubric}
        channel={record.channel}
        reading={reading}
        onChange={setTyped}
        bonuses={bonuses}
        onBonuses={setGiven}
        disputed={disputed}
      />
      <section className="reading-learnt">
        <h3>{t('learnt')}</h3>
        <p className="quiet">{t('learntHint')}</p>
        {items
          .filter(({ id }) => disputed.has(id) || learnt[id] !== undefined)
          .map((item) => (
            <label key={item.id} className="calibration-field">
              <span>{say(item.label)}</span>
              <Input.TextArea
                autoSize={{ minRows: 1, maxRows: 4 }}
                maxLength={1000}
                value={learnt[item.id] ?? ''}
                onChange={(event) => setLearnt({ ...learnt, [item.id]: event.target.value })}
              />
            </label>
          ))}
        <Select
          size="small"
          showSearch
          optionFilterProp="label"
          aria-label={t('addGuidance')}
          placeholder={t('addGuidance')}
          value={null}
          options={items.filter(({ id }) => !disputed.has(id) && learnt[id] === undefined).map(({ id, label }) => ({ value: id, label: say(label) }))}
          onChange={(id: string | null) => id && setLearnt({ ...learnt, [id]: '' })}
        />
      </section>
    </Panel>
  );
}

export function Compared({ session, record }: { session: Calibration; record: CalibrationRecord }) {
  const { t } = useTranslation('calibration');
  const all = useReadings(session.number).data ?? noReadings;
  const readings = all.filter(({ place }) => place === record.place);
  const mayAgree = session.actions.includes('agree');
  return (
    <div className="stack">
      <SideBySide session={session} record={record} readings={readings} />
      <div className={mayAgree ? 'calibration-desk' : ''}>
        <Panel title={t('record', { place: record.place })} extra={<code className="quiet">{record.contact}</code>}>
          <ContactRecord id={record.contact} channel={record.channel} />
        </Panel>
        {mayAgree && <Agreeing session={session} record={record} readings={readings} />}
      </div>
    </div>
  );
}

// What was entered lately, so that nobody enters it twice.
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';

import { wallClock } from '../../shell/format';
import { Listing, type ListColumn } from '../../shell/Listing';
import { useCursorList } from '../../shell/useCursorList';

interface Fact {
  fact: string;
  kind: string;
  staff_no: string;
  occurred_at: string;
  value: string | null;
  note: string;
  source_ref: string;
  recorded_at: string;
}

const daysBack = 60;

export function Lately({ kind, label }: { kind: string; label: string }) {
  const { t } = useTranslation('entry');
  const today = dayjs();
  const filters = { kind, from: today.subtract(daysBack, 'day').format('YYYY-MM-DD'), to: today.format('YYYY-MM-DD') };
  const { rows, query } = useCursorList<Fact>('/facts', filters, 50);
  const columns: ListColumn<Fact>[] = [
    { key: 'occurred_at', title: t('date'), cell: (row) => wallClock(row.occurred_at).slice(0, 10) },
    { key: 'staff_no', title: t('staffNo'), cell: (row) => row.staff_no },
    { key: 'value', title: t('value'), figure: true, narrow: true, cell: (row) => row.value ?? '' },
    { key: 'note', title: t('note'), cell: (row) => row.note },
    { key: 'source_ref', title: t('evidence'), cell: (row) => row.source_ref },
    { key: 'recorded_at', title: t('recordedAt'), cell: (row) => wallClock(row.recorded_at) },
  ];
  return (
    <Listing
      name="facts"
      file={kind}
      caption={t('lately', { what: label })}
      rowKey={(row) => row.fact}
      columns={columns}
      rows={rows}
      query={query}
      empty={t('nothingLately', { what: label, days: daysBack })}
      tools={<span className="quiet">{t('lately', { what: label, days: daysBack })}</span>}
    />
  );
}

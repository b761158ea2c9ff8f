// What is known already of the person in the row one stands on, so that nobody enters it twice.
import { useQuery } from '@tanstack/react-query';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';

import { get } from '../../api/client';
import type { Fact } from '../../api/schema';
import { wallClock } from '../../shell/format';
import { Listing, type ListColumn } from '../../shell/Listing';

const daysBack = 60;
const written = 'YYYY-MM-DD';

export function Lately({ kind, staff, name }: { kind: string; staff: string; name: string }) {
  const { t } = useTranslation('entry');
  const today = dayjs();
  const search = new URLSearchParams({
    staff_no: staff,
    kind,
    from: today.subtract(daysBack, 'day').format(written),
    to: today.format(written),
  }).toString();
  const facts = useQuery({
    queryKey: ['facts', search],
    queryFn: ({ signal }) => get<Fact[]>(`/facts?${search}`, signal),
    placeholderData: () => undefined,
  });
  const columns: ListColumn<Fact>[] = [
    { key: 'occurred_at', title: t('date'), cell: (row) => wallClock(row.occurred_at).slice(0, 10) },
    { key: 'value', title: t('value'), figure: true, cell: (row) => row.value ?? '' },
    { key: 'note', title: t('note'), narrow: true, cell: (row) => row.note },
    { key: 'source_ref', title: t('evidence'), cell: (row) => row.source_ref },
    { key: 'recorded_at', title: t('recordedAt'), cell: (row) => wallClock(row.recorded_at) },
  ];
  const caption = t('lately', { who: name, days: daysBack });
  return (
    <Listing
      name="facts"
      file={`${kind}-${staff}`}
      caption={caption}
      rowKey={(row) => row.fact}
      columns={columns}
      rows={facts.data ?? []}
      query={facts}
      empty={t('nothingLately', { who: name, days: daysBack })}
      tools={<span className="quiet">{caption}</span>}
    />
  );
}

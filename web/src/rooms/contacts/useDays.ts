import dayjs from 'dayjs';

import { useFilters } from '../../shell/useCursorList';
import { useLastDay } from './data';

const filterNames = ['from', 'to'] as const;
const written = 'YYYY-MM-DD';

// The address's days, else the 30 days up to the last one that has data.
export function useDays() {
  const { values, set } = useFilters(filterNames);
  const last = useLastDay();
  const end = values.to ?? last.data?.last ?? dayjs().format(written);
  const start = values.from ?? dayjs(end).subtract(29, 'day').format(written);
  return { from: start, to: end, ready: !last.isPending || values.to !== undefined, set };
}

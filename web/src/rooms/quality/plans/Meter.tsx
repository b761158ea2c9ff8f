// How much of what is expected is done and published, as a bar; the same in words for ears.
import { useTranslation } from 'react-i18next';

import type { Sums } from './plan';

export function Meter({ sums, wide = false }: { sums: Sums; wide?: boolean }) {
  const { t } = useTranslation('plans');
  const expected = Math.max(sums.expected ?? 0, sums.assigned);
  const share = (part: number) => `${expected === 0 ? 0 : (100 * part) / expected}%`;
  return (
    <span
      className={wide ? 'plan-meter wide' : 'plan-meter'}
      role="img"
      aria-label={t('progressOf', { expected, done: sums.done, published: sums.published })}
    >
      <span className="plan-meter-assigned" style={{ width: share(sums.assigned) }} />
      <span className="plan-meter-done" style={{ width: share(sums.done) }} />
      <span className="plan-meter-published" style={{ width: share(sums.published) }} />
    </span>
  );
}

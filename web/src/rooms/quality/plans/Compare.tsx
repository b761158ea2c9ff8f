// Two agents chosen from the sample: whether what was inspected tells them apart, and by how much.
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';

import type { AgentMean, InspectionPlan } from '../../../api/schema';
import { placed } from '../../../shell/format';
import { useLabel } from '../../../shell/label';
import { Mark } from '../../../shell/Mark';
import { useFilters } from '../../../shell/useCursorList';
import { useComparison } from './data';

const filterNames = ['first', 'second'] as const;

function Verdict({ plan, pair, nameOf }: { plan: InspectionPlan; pair: readonly [string, string]; nameOf: (staff: string) => string }) {
  const { t } = useTranslation('plans');
  const say = useLabel();
  const comparison = useComparison(plan.number, pair);
  if (comparison.isError) return <span className="fall">{comparison.error.message}</span>;
  if (!comparison.data) return null;
  const { verdict, text, difference, low, high } = comparison.data;
  const higher = { first_higher: pair[0], second_higher: pair[1] }[verdict];
  return (
    <>
      <Mark tone={higher === undefined ? 'plain' : 'info'}>{higher === undefined ? say(text) : t('isHigher', { who: nameOf(higher) })}</Mark>
      {difference !== null && (
        <span>
          {t('difference')} <strong>{placed(difference, 1)}</strong>{' '}
          {low !== null && high !== null && <span className="quiet">{`[${placed(low, 1)}, ${placed(high, 1)}]`}</span>}
        </span>
      )}
    </>
  );
}

export function Compare({ plan, agents }: { plan: InspectionPlan; agents: readonly AgentMean[] }) {
  const { t } = useTranslation('plans');
  const { values, set } = useFilters(filterNames);
  const nameOf = (staff: string) => agents.find(({ staff_no }) => staff_no === staff)?.name ?? staff;
  const options = agents.map(({ staff_no }) => ({ value: staff_no, label: `${nameOf(staff_no)} ${staff_no}` }));
  const { first, second } = values;
  const choice = (which: 'first' | 'second', other: string | undefined) => (
    <Select
      size="small"
      showSearch
      allowClear
      optionFilterProp="label"
      aria-label={t(which)}
      placeholder={t(which)}
      value={values[which] ?? null}
      options={options.filter(({ value }) => value !== other)}
      onChange={(staff: string | null) => set({ [which]: staff ?? undefined })}
      popupMatchSelectWidth={false}
      style={{ minWidth: 130 }}
    />
  );
  return (
    <section className="panel strip" aria-label={t('compare')}>
      <strong>{t('compare')}</strong>
      {choice('first', second)}
      {choice('second', first)}
      {first && second ? <Verdict plan={plan} pair={[first, second]} nameOf={nameOf} /> : <span className="quiet">{t('compareHint')}</span>}
    </section>
  );
}

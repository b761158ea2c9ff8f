// What the plan looks at, and whose it is.
import { useTranslation } from 'react-i18next';

import type { InspectionPlan } from '../../../api/schema';
import { timesLikelier } from './plan';

export function Scope({ plan }: { plan: InspectionPlan }) {
  const { t } = useTranslation('plans');
  const listed = (names: string[]) => (names.length === 0 ? t('all') : names.join(t('comma')));
  const channels = plan.channels.map((channel) => t(`quality:channel_${channel}`, { defaultValue: channel }));
  const risks = (plan.signals ?? []).map(({ signal }) => `${t(`signal_${signal}`, { defaultValue: signal })} ×${timesLikelier(plan, signal)}`);
  const facts = [
    [t('groups'), listed(plan.groups)],
    [t('products'), listed(plan.products)],
    [t('channels'), listed(channels)],
    ...(plan.methods ? [[t('methods'), [...plan.methods.map((method) => t(`method_${method}`)), plan.method_note].filter(Boolean).join(t('comma'))]] : []),
    ...(risks.length > 0 ? [[t('signals'), risks.join(t('comma'))]] : []),
    [t('drawnUpBy'), plan.drawn_up_by_name ?? plan.drawn_up_by],
    [t('approvedBy'), plan.approved_by_name ?? plan.approved_by ?? t('notApproved')],
  ];
  return (
    <section className="panel" aria-label={t('scope')}>
      <dl className="plan-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

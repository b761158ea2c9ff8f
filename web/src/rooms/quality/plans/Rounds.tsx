// The rounds of a plan: their days, how far each is, and the draw.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

import type { InspectionPlan, InspectionRound, PlanProgress } from '../../../api/schema';
import { dayName, distance, wallClock } from '../../../shell/format';
import { Mark } from '../../../shell/Mark';
import { Panel } from '../../../shell/Panel';
import { usePlanProgress } from './data';
import { byPerson, sumsOf } from './plan';
import { Meter } from './Meter';
import { usePlanSteps } from './PlanSteps';

const today = () => new Date().toISOString().slice(0, 10);

function Standing({ plan, round }: { plan: InspectionPlan; round: InspectionRound }) {
  const { t } = useTranslation('plans');
  const steps = usePlanSteps(plan);
  if (round.drawn_at !== null) return <Mark tone="good">{t('drawnAt', { at: wallClock(round.drawn_at).slice(0, 16) })}</Mark>;
  if (round.first_day > today()) return <Mark>{t('begins', { day: dayName(round.first_day) })}</Mark>;
  if (round.last_day >= today()) return <Mark>{t('underWay', { day: dayName(round.last_day) })}</Mark>;
  if (!plan.actions.includes('draw')) return <Mark>{t(plan.state === 'draft' ? 'awaitsApproval' : 'readyToDraw')}</Mark>;
  return (
    <Button size="small" type="primary" loading={steps.busy} onClick={() => steps.draw(round.round)}>
      {t('draw')}
    </Button>
  );
}

function OneRound({ plan, round, progress }: { plan: InspectionPlan; round: InspectionRound; progress: PlanProgress | undefined }) {
  const { t } = useTranslation('plans');
  const sums = sumsOf(byPerson(progress?.agents ?? [], round.round));
  const figures = [
    [t('expected'), sums.expected ?? 0],
    [t('assigned'), sums.assigned],
    [t('done'), sums.done],
    [t('published'), sums.published],
    [t('overdue'), sums.overdue],
  ] as const;
  return (
    <Panel title={t('round', { round: round.round })} extra={<Standing plan={plan} round={round} />}>
      <p className="quiet">
        {dayName(round.first_day)} – {dayName(round.last_day)} · {t('perAgentIs', { count: round.per_agent })} ·{' '}
        <span title={round.publish_before}>
          {t('publishBefore')} {dayName(round.publish_before)} ({distance(`${round.publish_before}T00:00:00`, new Date())})
        </span>
      </p>
      <Meter sums={sums} wide />
      <dl className="round-figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={name === t('overdue') && value > 0 ? 'fall' : ''}>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

export function Rounds({ plan }: { plan: InspectionPlan }) {
  const progress = usePlanProgress(plan.number);
  return (
    <div className="tiles plan-rounds">
      {plan.rounds.map((round) => (
        <OneRound key={round.round} plan={plan} round={round} progress={progress.data} />
      ))}
    </div>
  );
}

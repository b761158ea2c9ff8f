// The plans of inspection, one at a time: first the newest that is under way, any other by its name.
import { Button, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router-dom';

import { Problem } from '../../../api/client';
import type { InspectionPlan, PlanState } from '../../../api/schema';
import { monthName } from '../../../shell/format';
import { Mark, type Tone } from '../../../shell/Mark';
import { Nothing, Trouble } from '../../../shell/Nothing';
import { useHasRole } from '../../../shell/session';
import { usePlan, usePlans } from './data';
import { Inspected } from './Inspected';
import { Means } from './Means';
import { PlanForm } from './PlanForm';
import { PlanSteps } from './PlanSteps';
import { Proofs } from './Proofs';
import { Rounds } from './Rounds';
import { Scope } from './Scope';
import './plans.css';

const tones: Record<PlanState, Tone> = { draft: 'warn', approved: 'info', running: 'info', closed: 'good' };

// Which form is open: of a new plan, or of the draft that is shown.
type Editing = 'new' | 'this' | undefined;

function Head({ plans, plan, onEdit }: { plans: InspectionPlan[]; plan: InspectionPlan | undefined; onEdit: (what: Editing) => void }) {
  const { t } = useTranslation('plans');
  const navigate = useNavigate();
  const mayDrawUp = useHasRole('qa_supervisor');
  return (
    <div className="page-head">
      <h1>{t('plans')}</h1>
      {plan && (
        <>
          <Select
            aria-label={t('plan')}
            value={plan.number}
            options={plans.map((one) => ({ value: one.number, label: `${monthName(one.month)} · ${one.title}` }))}
            onChange={(number: number) => navigate(`/plans/${number}`)}
            popupMatchSelectWidth={false}
            style={{ minWidth: 200, maxWidth: '100%' }}
          />
          <Mark tone={tones[plan.state]}>{t(`state_${plan.state}`)}</Mark>
        </>
      )}
      <span className="grow" />
      <div className="page-actions">
        {plan && <PlanSteps plan={plan} onEdit={() => onEdit('this')} />}
        {mayDrawUp && <Button onClick={() => onEdit('new')}>{t('drawUp')}</Button>}
      </div>
    </div>
  );
}

function OnePlan({ plan }: { plan: InspectionPlan }) {
  const drawn = plan.rounds.some(({ drawn_at }) => drawn_at !== null);
  return (
    <div className="stack">
      <Scope plan={plan} />
      <Rounds plan={plan} />
      <Inspected plan={plan} />
      {drawn && <Means plan={plan} />}
      <Proofs plan={plan} />
    </div>
  );
}

export default function PlansPage() {
  const { t } = useTranslation('plans');
  const navigate = useNavigate();
  const { number } = useParams();
  const plans = usePlans();
  const [editing, setEditing] = useState<Editing>();
  const first = plans.data?.find(({ state }) => state === 'running') ?? plans.data?.[0];
  const chosen = number === undefined ? first?.number : Number(number);
  const plan = usePlan(chosen);

  if (plans.isPending) return <Skeleton active className="page" />;
  if (!plans.data) return <Trouble problem={plans.error} onRetry={plans.refetch} />;
  const missing = plan.error instanceof Problem && plan.error.status === 404;
  const onSaved = (saved: InspectionPlan) => {
    setEditing(undefined);
    navigate(`/plans/${saved.number}`);
  };
  return (
    <div className="page">
      <Head plans={plans.data} plan={plan.data} onEdit={setEditing} />
      {plans.data.length === 0 && <Nothing title={t('noPlans')} />}
      {chosen !== undefined && plan.isPending && <Skeleton active />}
      {plan.isError && (missing ? <Nothing title={t('noSuchPlan')} /> : <Trouble problem={plan.error} onRetry={plan.refetch} />)}
      {plan.data && <OnePlan plan={plan.data} />}
      {editing && <PlanForm plan={editing === 'this' ? plan.data : undefined} onSaved={onSaved} onClose={() => setEditing(undefined)} />}
    </div>
  );
}

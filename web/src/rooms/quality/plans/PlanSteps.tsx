// The steps that the process allows on this plan now; each names the plan and asks once.
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';

import type { InspectionPlan } from '../../../api/schema';
import { type PlanStep, usePlanStep } from './data';

export function usePlanSteps(plan: InspectionPlan) {
  const { t } = useTranslation('plans');
  const { modal, message } = App.useApp();
  const step = usePlanStep(plan.number);
  const take = async (which: PlanStep, name: string) => {
    try {
      await step.mutateAsync(which);
      void message.success(t('stepDone', { title: plan.title, step: name }));
    } catch (problem) {
      void message.error(problem instanceof Error ? problem.message : String(problem));
    }
  };
  const ask = (which: PlanStep, name: string, question: string, warning: string) =>
    void modal.confirm({ title: question, content: warning, okText: name, onOk: () => take(which, name) });
  return {
    busy: step.isPending,
    approve: () => ask('approve', t('approve'), t('approveQuestion', { title: plan.title }), t('approveWarning')),
    close: () => ask('close', t('close'), t('closeQuestion', { title: plan.title }), t('closeWarning')),
    draw: (round: number) => ask({ draw: round }, t('draw'), t('drawQuestion', { title: plan.title, round }), t('drawWarning')),
  };
}

export function PlanSteps({ plan, onEdit }: { plan: InspectionPlan; onEdit: () => void }) {
  const { t } = useTranslation('plans');
  const steps = usePlanSteps(plan);
  const may = (action: string) => plan.actions.includes(action);
  return (
    <>
      {may('edit') && <Button onClick={onEdit}>{t('edit')}</Button>}
      {may('approve') && (
        <Button type="primary" loading={steps.busy} onClick={steps.approve}>
          {t('approve')}
        </Button>
      )}
      {may('close') && (
        <Button loading={steps.busy} onClick={steps.close}>
          {t('close')}
        </Button>
      )}
    </>
  );
}

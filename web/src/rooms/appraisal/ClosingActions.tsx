// Closing takes two people: one requests, another confirms. Both steps name the month they are about.
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';

import type { MonthResult } from '../../api/types';
import { monthName } from '../../shell/format';
import { usePrincipal } from '../../shell/session';
import { type ClosingStep, useClosing } from './data';

export function ClosingActions({ month }: { month: MonthResult }) {
  const { t } = useTranslation('appraisal');
  const { modal, message } = App.useApp();
  const principal = usePrincipal();
  const closing = useClosing(month.period);
  const mayClose = principal.roles.some(({ role }) => role === 'manager' || role === 'hr' || role === 'admin');
  if (month.status === 'closed' || !mayClose) return null;

  const period = monthName(month.period);
  const take = (step: ClosingStep) => {
    void modal.confirm({
      title: t('closeQuestion', { period }),
      content: t('closeWarning'),
      okText: t(step === 'request' ? 'requestClose' : 'confirmClose'),
      onOk: async () => {
        await closing.mutateAsync(step).then(
          () => step === 'confirm' && message.success(t('closeDone', { period })),
          (problem: unknown) => message.error(problem instanceof Error ? problem.message : String(problem)),
        );
      },
    });
  };
  const requestedBy = month.closing.requested_by;
  if (requestedBy === null) {
    return (
      <Button type="primary" onClick={() => take('request')}>
        {t('requestClose')}
      </Button>
    );
  }
  return (
    <>
      <span className="quiet">{t('closeWaiting', { who: requestedBy })}</span>
      {requestedBy === principal.account ? (
        <Button onClick={() => closing.mutate('withdraw')}>{t('withdrawClose')}</Button>
      ) : (
        <Button type="primary" onClick={() => take('confirm')}>
          {t('confirmClose')}
        </Button>
      )}
    </>
  );
}

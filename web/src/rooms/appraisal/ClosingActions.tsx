// Closing takes two people: one requests, another confirms. Both steps name the month they are about. Before that the
// draft can be shown to the people it is about for some days, so that they may ask.
import { App, Button, Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { MonthResult } from '../../api/schema';
import { distance, monthName, wallClock } from '../../shell/format';
import { Mark } from '../../shell/Mark';
import { useHasRole, usePrincipal } from '../../shell/session';
import { type ClosingStep, useClosing, useShowing } from './data';

const daysOffered = [1, 2, 3, 5, 7];

function Showing({ month }: { month: MonthResult }) {
  const { t } = useTranslation('appraisal');
  const { message } = App.useApp();
  const showing = useShowing(month.period);
  const [choosing, setChoosing] = useState(false);
  const until = month.showing.until;
  const change = (days: number | null) =>
    showing.mutate(days, { onError: (problem: Error) => void message.error(problem.message) });
  if (until) {
    return (
      <>
        <span title={wallClock(until)}>
          <Mark tone="info">{t('shownUntil', { distance: distance(until, new Date()) })}</Mark>
        </span>
        <Button onClick={() => change(null)}>{t('stopShowing')}</Button>
      </>
    );
  }
  const choice = (
    <div className="row">
      {daysOffered.map((days) => (
        <Button
          key={days}
          size="small"
          onClick={() => {
            setChoosing(false);
            change(days);
          }}
        >
          {t('showDays', { count: days })}
        </Button>
      ))}
    </div>
  );
  return (
    <Popover open={choosing} onOpenChange={setChoosing} trigger="click" content={choice}>
      <Button>{t('showDraft')}</Button>
    </Popover>
  );
}

export function ClosingActions({ month }: { month: MonthResult }) {
  const { t } = useTranslation('appraisal');
  const { modal, message } = App.useApp();
  const principal = usePrincipal();
  const mayClose = useHasRole('manager', 'hr');
  const closing = useClosing(month.period);
  if (month.status === 'closed' || !mayClose) return null;

  const period = monthName(month.period);
  const open = month.precheck.filter((line) => line.severity !== 'note').length;
  const ask = (step: 'request' | 'confirm') =>
    void modal.confirm({
      title: t(step === 'request' ? 'requestQuestion' : 'closeQuestion', { period }),
      content: (
        <>
          <p>{t('closeWarning')}</p>
          {open > 0 && <p style={{ marginTop: 8 }}>{t('closeOpen', { count: open })}</p>}
        </>
      ),
      okText: t(step === 'request' ? 'requestClose' : 'confirmClose'),
      onOk: () => take(step),
    });
  const take = async (step: ClosingStep) => {
    try {
      await closing.mutateAsync(step);
      if (step === 'confirm') void message.success(t('closeDone', { period }));
    } catch (problem) {
      void message.error(problem instanceof Error ? problem.message : String(problem));
    }
  };
  const { requested_by, requested_at } = month.closing;
  if (!requested_by) {
    return (
      <>
        <Showing month={month} />
        <Button type="primary" onClick={() => ask('request')}>
          {t('requestClose')}
        </Button>
      </>
    );
  }
  return (
    <>
      <span title={requested_at ? wallClock(requested_at) : ''}>
        <Mark tone="info">{t('closeWaiting', { who: requested_by })}</Mark>
      </span>
      <Button loading={closing.isPending} onClick={() => void take('withdraw')}>
        {t('withdrawClose')}
      </Button>
      {requested_by !== principal.account && (
        <Button type="primary" onClick={() => ask('confirm')}>
          {t('confirmClose')}
        </Button>
      )}
    </>
  );
}

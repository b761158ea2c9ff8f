// An inspector who is away: what the plan has put in that one's hands goes to the others.
import { App, Button, Checkbox, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { InspectionPlan } from '../../../api/schema';
import { useGiveAway } from './data';
import type { PersonProgress } from './plan';

interface Props {
  plan: InspectionPlan;
  from: PersonProgress;
  inspectors: readonly PersonProgress[]; // of the plan, with their names
}

export function GiveAway({ plan, from, inspectors }: Props) {
  const { t } = useTranslation('plans');
  const { message } = App.useApp();
  const give = useGiveAway(plan.number);
  const others = plan.inspectors.map(({ staff_no }) => staff_no).filter((staff) => staff !== from.staff_no);
  const [asking, setAsking] = useState(false);
  const [to, setTo] = useState<string[]>(others);
  const nameOf = (staff: string) => inspectors.find(({ staff_no }) => staff_no === staff)?.name ?? '';
  const who = from.name ?? from.staff_no;
  const waiting = from.assigned - from.done;
  if (waiting === 0 || others.length === 0) return null;
  const send = () =>
    give.mutate(
      { from: from.staff_no, to },
      {
        onSuccess: (moved) => {
          setAsking(false);
          void message.success(t('givenAway', { who, count: moved.length }));
        },
        onError: (problem) => void message.error(problem.message),
      },
    );
  return (
    <>
      <Button size="small" onClick={() => setAsking(true)}>
        {t('giveAway')}
      </Button>
      <Modal
        open={asking}
        title={t('giveAwayOf', { who, count: waiting })}
        okText={t('giveAway')}
        okButtonProps={{ disabled: to.length === 0, loading: give.isPending }}
        onOk={send}
        onCancel={() => setAsking(false)}
      >
        <div className="stack">
          <p>{t('giveAwayHint')}</p>
          <Checkbox.Group
            aria-label={t('takeOver')}
            value={to}
            options={others.map((staff) => ({ value: staff, label: `${nameOf(staff)} ${staff}` }))}
            onChange={setTo}
          />
        </div>
      </Modal>
    </>
  );
}

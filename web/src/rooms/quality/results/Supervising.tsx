// What a supervisor may do with one inspection: give it to somebody else, or annul it and have it inspected anew.
import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Inspection } from '../../../api/schema';
import { wallClock } from '../../../shell/format';
import { useStep } from '../shared/data';
import { InspectorSelect } from '../shared/InspectorSelect';

const reasonMax = 2000;

type Doing = 'reassign' | 'annul';

function Ask({ inspection, doing, onClose }: { inspection: Inspection; doing: Doing; onClose: () => void }) {
  const { t } = useTranslation('quality');
  const { message } = App.useApp();
  const step = useStep(inspection.key);
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const who = inspection.name ?? inspection.staff_no;
  const at = wallClock(inspection.occurred_at).slice(0, 16);
  const annuls = doing === 'annul';
  const send = () =>
    step.mutate(annuls ? { step: 'annul', body: { reason: reason.trim(), inspector: to } } : { step: 'reassign', body: { to } }, {
      onSuccess: onClose,
      onError: (problem) => void message.error(problem.message || t('notDone')),
    });
  return (
    <Modal
      open
      title={t(annuls ? 'annulOf' : 'reassignOf', { who, at })}
      okText={t(doing)}
      okButtonProps={{ danger: annuls, loading: step.isPending, disabled: to === null || (annuls && reason.trim() === '') }}
      onOk={send}
      onCancel={onClose}
    >
      <div className="stack">
        {annuls && <p>{t('annulHint')}</p>}
        <InspectorSelect label={t('inspectAnewBy')} value={to} onChange={setTo} inspection={inspection.key} without={annuls ? undefined : inspection.inspector} />
        {annuls && (
          <Input.TextArea
            aria-label={t('reasonWhy')}
            placeholder={t('reasonWhy')}
            autoSize={{ minRows: 2, maxRows: 8 }}
            maxLength={reasonMax}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </div>
    </Modal>
  );
}

export function Supervising({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation('quality');
  const [doing, setDoing] = useState<Doing>();
  const can = (['reassign', 'annul'] as const).filter((step) => inspection.actions.includes(step));
  return (
    <>
      {can.map((step) => (
        <Button key={step} size="small" onClick={() => setDoing(step)}>
          {t(step)}
        </Button>
      ))}
      {doing && <Ask inspection={inspection} doing={doing} onClose={() => setDoing(undefined)} />}
    </>
  );
}

// Who looks at an appeal again.
import { App, Checkbox, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Appeal } from '../../../api/schema';
import { useAppealStep } from '../results/data';
import { InspectorSelect } from '../shared/InspectorSelect';

export function Assign({ appeal, onClose }: { appeal: Appeal; onClose: () => void }) {
  const { t } = useTranslation('quality');
  const { message } = App.useApp();
  const step = useAppealStep(appeal.inspection, appeal.finding);
  const [to, setTo] = useState<string | null>(null);
  const [blind, setBlind] = useState(false);
  const send = () => {
    if (to === null) return;
    step.mutate({ step: 'assign', body: { to, blind } }, { onSuccess: onClose, onError: (problem) => void message.error(problem.message || t('notDone')) });
  };
  return (
    <Modal
      open
      title={t('assignOf', { who: appeal.name ?? appeal.staff_no })}
      okText={t('assign')}
      okButtonProps={{ disabled: to === null, loading: step.isPending }}
      onOk={send}
      onCancel={onClose}
    >
      <div className="stack">
        <p className="quiet">{t('assignHint')}</p>
        <InspectorSelect label={t('reviewer')} value={to} onChange={setTo} inspection={appeal.inspection} without={appeal.assigned_to ?? undefined} />
        <Checkbox checked={blind} onChange={(event) => setBlind(event.target.checked)}>
          {t('readsBlind')}
        </Checkbox>
      </div>
    </Modal>
  );
}

// Whose record it is and from when, and what can be done with it besides inspecting.
import { QuestionCircleOutlined } from '@ant-design/icons';
import { App, Button, Input, Modal, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Inspection } from '../../../api/schema';
import { wallClock } from '../../../shell/format';
import { useKept } from '../../../shell/kept';
import { useStep } from '../shared/data';

const reasonMax = 2000;

function SetAside({ inspection, onClose, onDone }: { inspection: Inspection; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation('quality');
  const { message } = App.useApp();
  const step = useStep(inspection.key);
  const [reason, setReason] = useKept(`set-aside.${inspection.key}`, '');
  const send = () =>
    step.mutate(
      { step: 'set-aside', body: { reason: reason.trim() } },
      {
        onSuccess: () => {
          setReason('');
          onDone();
        },
        onError: (problem) => void message.error(problem.message || t('notDone')),
      },
    );
  return (
    <Modal
      open
      title={t('setAsideOf', { who: inspection.name ?? inspection.staff_no, at: wallClock(inspection.occurred_at).slice(0, 16) })}
      okText={t('set_aside')}
      okButtonProps={{ disabled: reason.trim() === '', loading: step.isPending, danger: true }}
      onOk={send}
      onCancel={onClose}
    >
      <p style={{ marginBottom: 8 }}>{t('setAsideHint')}</p>
      <Input.TextArea
        autoFocus
        aria-label={t('reasonWhy')}
        placeholder={t('setAsideExample')}
        autoSize={{ minRows: 3, maxRows: 8 }}
        maxLength={reasonMax}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  );
}

interface Props {
  inspection: Inspection;
  onHelp: () => void;
  onGone?: () => void; // it was put back or set aside
}

export function BenchHead({ inspection, onHelp, onGone }: Props) {
  const { t } = useTranslation('quality');
  const { message } = App.useApp();
  const step = useStep(inspection.key);
  const [aside, setAside] = useState(false);
  const release = () =>
    step.mutate({ step: 'release' }, { onSuccess: () => onGone?.(), onError: (problem) => void message.error(problem.message || t('notDone')) });
  return (
    <header className="bench-head">
      <div>
        <strong>{inspection.name ?? inspection.staff_no}</strong> <span className="quiet">{inspection.staff_no}</span>
      </div>
      <span className="quiet">
        {[inspection.group, t(`channel_${inspection.channel}`), inspection.product, wallClock(inspection.occurred_at).slice(0, 16)].filter(Boolean).join(' · ')}
      </span>
      <span className="grow" />
      {onGone && inspection.actions.includes('release') && (
        <Button size="small" onClick={release} loading={step.isPending}>
          {t('release')}
        </Button>
      )}
      {onGone && inspection.actions.includes('set_aside') && (
        <Button size="small" onClick={() => setAside(true)}>
          {t('set_aside')}
        </Button>
      )}
      <Tooltip title={t('shortcuts')}>
        <Button size="small" type="text" icon={<QuestionCircleOutlined />} aria-label={t('shortcuts')} onClick={onHelp} />
      </Tooltip>
      {aside && onGone && <SetAside inspection={inspection} onClose={() => setAside(false)} onDone={onGone} />}
    </header>
  );
}

// The steps of a draft: checked by whoever writes it, consulted about and published by a manager who did not.
import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { CheckDraft } from '../../../api/schema';
import { useKept } from '../../../shell/kept';
import type { DraftStep } from '../data';

interface Props {
  draft: CheckDraft;
  busy: boolean;
  onStep: (step: DraftStep, done?: () => void) => void;
}

const consultationMax = 2000;

// The first of the month after that day.
export function nextMonth(day: Date): string {
  return new Date(Date.UTC(day.getFullYear(), day.getMonth() + 1, 1)).toISOString().slice(0, 10);
}

export function DraftSteps({ draft, busy, onStep }: Props) {
  const { t } = useTranslation('checks');
  const [open, setOpen] = useState<'consult' | 'publish'>();
  const [consultation, setConsultation] = useKept(`consultation.${draft.number}`, '');
  const [from, setFrom] = useState(() => nextMonth(new Date()));
  const may = (action: string) => draft.actions.includes(action);
  const close = () => setOpen(undefined);
  const consult = () =>
    onStep({ step: 'consult', consultation: consultation.trim() }, () => {
      setConsultation('');
      close();
    });
  return (
    <>
      {may('check') && (
        <Button type="primary" loading={busy} disabled={draft.changes.length === 0} onClick={() => onStep({ step: 'check' })}>
          {t('step_check')}
        </Button>
      )}
      {may('consult') && (
        <Button type="primary" onClick={() => setOpen('consult')}>
          {t('step_consult')}
        </Button>
      )}
      {may('publish') && (
        <Button type="primary" onClick={() => setOpen('publish')}>
          {t('step_publish')}
        </Button>
      )}
      <Modal
        open={open === 'consult'}
        title={t('step_consult')}
        okText={t('step_consult')}
        okButtonProps={{ disabled: consultation.trim() === '', loading: busy }}
        onOk={consult}
        onCancel={close}
      >
        <div className="stack">
          <p className="quiet">{t('consultHint')}</p>
          <Input.TextArea
            autoFocus
            aria-label={t('consultation')}
            placeholder={t('consultExample')}
            autoSize={{ minRows: 3, maxRows: 10 }}
            maxLength={consultationMax}
            value={consultation}
            onChange={(event) => setConsultation(event.target.value)}
          />
        </div>
      </Modal>
      <Modal
        open={open === 'publish'}
        title={t('publishOf', { number: draft.number, title: draft.title })}
        okText={t('step_publish')}
        okButtonProps={{ loading: busy }}
        onOk={() => onStep({ step: 'publish', effective_from: from }, close)}
        onCancel={close}
      >
        <div className="stack">
          <p className="quiet">{t('publishHint')}</p>
          <label className="row">
            {t('effectiveFrom')}
            <Input type="date" value={from} onChange={(event) => setFrom(event.target.value)} style={{ width: 170 }} />
          </label>
        </div>
      </Modal>
    </>
  );
}

// Puts the check as it is written into a draft: the one it was opened from, another one, or a new one.
import { App, Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';

import { useBeginDraft, useDrafts, useDraftStep } from '../data';

interface Props {
  draft: number | undefined;
  yaml: string;
  ready: boolean;
  onDone: () => void;
}

const titleMax = 100;

export function PutIntoDraft({ draft, yaml, ready, onDone }: Props) {
  const { t } = useTranslation('checks');
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<number>(); // none: a new one
  const [title, setTitle] = useState('');
  const drafts = useDrafts(open);
  const begin = useBeginDraft();
  const step = useDraftStep();
  const mine = (drafts.data ?? []).filter(({ actions }) => actions.includes('edit'));

  const put = async (given: number | undefined) => {
    try {
      const number = given ?? (await begin.mutateAsync(title.trim())).number;
      await step.mutateAsync({ number, step: 'put', yaml });
      onDone();
      void message.success(t('putInto', { number }));
      navigate(`/checks/drafts/${number}`);
    } catch (failure) {
      void message.error((failure instanceof Error && failure.message) || t('notDone'));
    }
  };
  const isBusy = begin.isPending || step.isPending;
  if (draft !== undefined) {
    return (
      <Button type="primary" disabled={!ready} loading={isBusy} onClick={() => void put(draft)}>
        {t('putIntoThis', { number: draft })}
      </Button>
    );
  }
  return (
    <>
      <Button type="primary" disabled={!ready} onClick={() => setOpen(true)}>
        {t('putIntoDraft')}
      </Button>
      <Modal
        open={open}
        title={t('putIntoDraft')}
        okText={t('putIntoDraft')}
        okButtonProps={{ disabled: chosen === undefined && title.trim() === '', loading: isBusy }}
        onOk={() => void put(chosen)}
        onCancel={() => setOpen(false)}
      >
        <div className="stack">
          <p className="quiet">{t('draftHint')}</p>
          {mine.length > 0 && (
            <Select
              aria-label={t('whichDraft')}
              value={chosen ?? 0}
              options={[{ value: 0, label: t('newDraft') }, ...mine.map(({ number, title: name }) => ({ value: number, label: `${number}. ${name}` }))]}
              onChange={(number: number) => setChosen(number === 0 ? undefined : number)}
            />
          )}
          {chosen === undefined && (
            <Input
              autoFocus
              aria-label={t('draftTitle')}
              placeholder={t('draftTitleHint')}
              maxLength={titleMax}
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </div>
      </Modal>
    </>
  );
}

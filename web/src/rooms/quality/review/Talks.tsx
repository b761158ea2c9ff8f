// Talks that are due: about a severe finding, or a rectification that did not help. A batch closes when all are recorded.
import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';

import type { QualityTalk } from '../../../api/schema';
import { distance, wallClock } from '../../../shell/format';
import { useKept } from '../../../shell/kept';
import { Listing, type ListColumn } from '../../../shell/Listing';
import type { Paged } from '../../../shell/MoreRows';
import { useRecordTalk } from './data';

const recordMax = 2000;

function RecordTalk({ talk, onClose }: { talk: QualityTalk; onClose: () => void }) {
  const { t } = useTranslation('quality');
  const { message } = App.useApp();
  const record = useRecordTalk();
  const [text, setText] = useKept(`talk.${talk.inspection}.${talk.number}`, '');
  const send = () =>
    record.mutate(
      { talk, record: text.trim() },
      {
        onSuccess: () => {
          setText('');
          onClose();
        },
        onError: (problem) => void message.error(problem.message || t('notDone')),
      },
    );
  return (
    <Modal
      open
      title={t('talkWith', { who: talk.name ?? talk.staff_no })}
      okText={t('recordTalk')}
      okButtonProps={{ disabled: text.trim() === '', loading: record.isPending }}
      onOk={send}
      onCancel={onClose}
    >
      <Input.TextArea
        autoFocus
        aria-label={t('talkRecord')}
        placeholder={t('talkRecord')}
        autoSize={{ minRows: 4, maxRows: 14 }}
        maxLength={recordMax}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </Modal>
  );
}

export function Talks({ talks, query }: { talks: readonly QualityTalk[]; query: Paged }) {
  const { t } = useTranslation('quality');
  const [recording, setRecording] = useState<QualityTalk>();
  const about = (talk: QualityTalk) => t(`about_${talk.about}`);
  const columns: ListColumn<QualityTalk>[] = [
    { key: 'name', title: t('agent'), text: (talk) => `${talk.name ?? ''} ${talk.staff_no}`, cell: (talk) => talk.name ?? talk.staff_no },
    { key: 'about', title: t('talkAbout'), text: about, cell: (talk) => <Link to={`/results/${talk.inspection}`}>{about(talk)}</Link> },
    {
      key: 'opened_at',
      title: t('dueSince'),
      text: (talk) => wallClock(talk.opened_at),
      cell: (talk) => <span title={wallClock(talk.opened_at)}>{distance(talk.opened_at, new Date())}</span>,
    },
    {
      key: 'record',
      title: '',
      narrow: true,
      text: () => '',
      cell: (talk) => (
        <Button size="small" onClick={() => setRecording(talk)}>
          {t('recordTalk')}
        </Button>
      ),
    },
  ];
  return (
    <>
      <Listing
        name="talks"
        caption={t('talks')}
        rowKey={(talk) => `${talk.inspection}/${talk.number}`}
        columns={columns}
        rows={[...talks]}
        query={query}
        empty={t('noTalks')}
      />
      {recording && <RecordTalk talk={recording} onClose={() => setRecording(undefined)} />}
    </>
  );
}

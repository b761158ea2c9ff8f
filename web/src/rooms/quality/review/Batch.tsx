// One inspector's week: what was submitted, and the step it waits for.
import { DownloadOutlined } from '@ant-design/icons';
import { Alert, App, Button, Checkbox, Input, Modal, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router-dom';

import type { InspectionBatch, InspectionResult } from '../../../api/schema';
import { dayName, placed, wallClock } from '../../../shell/format';
import { Listing, type ListColumn } from '../../../shell/Listing';
import { Trouble } from '../../../shell/Nothing';
import { useRubricWords } from '../rubric/rubrics';
import { BatchMark, InspectionMark } from '../shared/States';
import { batchWorkbook, type BatchName, type BatchStep, useBatch, useBatchStep } from './data';

const commentMax = 2000;

function SendBack({ batch, chosen, busy, onSend, onClose }: { batch: InspectionBatch; chosen: readonly string[]; busy: boolean; onSend: (step: BatchStep) => void; onClose: () => void }) {
  const { t } = useTranslation('quality');
  const [comment, setComment] = useState('');
  const count = chosen.length > 0 ? chosen.length : batch.inspections.length;
  return (
    <Modal
      open
      title={t(chosen.length > 0 ? 'sendBackSome' : 'sendBackAll', { count, who: batch.name ?? batch.inspector })}
      okText={t('sendBack')}
      okButtonProps={{ disabled: comment.trim() === '', loading: busy }}
      onOk={() => onSend({ step: 'send-back', body: { comment: comment.trim(), inspections: [...chosen] } })}
      onCancel={onClose}
    >
      <Input.TextArea
        autoFocus
        aria-label={t('comment')}
        placeholder={t('sendBackHint')}
        autoSize={{ minRows: 3, maxRows: 10 }}
        maxLength={commentMax}
        value={comment}
        onChange={(event) => setComment(event.target.value)}
      />
    </Modal>
  );
}

function useColumns(choosable: boolean, chosen: ReadonlySet<string>, choose: (key: string, on: boolean) => void): ListColumn<InspectionResult>[] {
  const { t } = useTranslation('quality');
  const words = useRubricWords();
  const box: ListColumn<InspectionResult> = {
    key: 'chosen',
    title: t('return'),
    text: () => '',
    cell: (row) => (
      <Checkbox
        checked={chosen.has(row.key)}
        aria-label={t('chooseRow', { who: row.name ?? row.staff_no })}
        onChange={(event) => choose(row.key, event.target.checked)}
      />
    ),
  };
  return [
    ...(choosable ? [box] : []),
    { key: 'name', title: t('agent'), text: (row) => `${row.name ?? ''} ${row.staff_no}`, cell: (row) => <Link to={`/results/${row.key}`}>{row.name ?? row.staff_no}</Link> },
    { key: 'occurred_at', title: t('contactAt'), text: (row) => wallClock(row.occurred_at), cell: (row) => wallClock(row.occurred_at).slice(5, 16) },
    { key: 'channel', title: t('channel'), text: (row) => t(`channel_${row.channel}`), cell: (row) => t(`channel_${row.channel}`) },
    { key: 'score', title: t('score'), figure: true, narrow: true, text: (row) => row.score ?? '', cell: (row) => placed(row.score, 2), order: (a, b) => Number(a.score ?? -1) - Number(b.score ?? -1) },
    {
      key: 'findings',
      title: t('findings'),
      wraps: true,
      text: (row) => row.findings.map((finding) => `${words.item(finding.item)} −${finding.points} ${finding.reason}`).join(t('listComma')),
      cell: (row) =>
        row.findings.length === 0 ? (
          <span className="quiet">{t('nothingFoundShort')}</span>
        ) : (
          <ul className="batch-findings">
            {row.findings.map((finding) => (
              <li key={finding.number}>
                {words.item(finding.item)} {finding.points > 0 && <strong>{`${words.severity(finding.choice)} −${finding.points}`}</strong>}{' '}
                <span className="quiet">{finding.reason}</span>
              </li>
            ))}
          </ul>
        ),
    },
    { key: 'state', title: t('state'), optional: true, text: (row) => t(`state_${row.state}`), cell: (row) => <InspectionMark state={row.state} /> },
    { key: 'contact', title: t('recordNo'), optional: true, text: (row) => row.contact, cell: (row) => <code className="quiet">{row.contact}</code> },
  ];
}

export function Batch({ name }: { name: BatchName }) {
  const { t } = useTranslation('quality');
  const { message, modal } = App.useApp();
  const navigate = useNavigate();
  const query = useBatch(name);
  const step = useBatchStep(name);
  const [returning, setReturning] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choose = (key: string, on: boolean) => setChosen((now) => new Set(on ? [...now, key] : [...now].filter((other) => other !== key)));
  const batch = query.data;
  const can = (action: string) => batch?.actions.includes(action) ?? false;
  const columns = useColumns(can('send_back'), chosen, choose);

  if (query.isPending) return <Skeleton active />;
  if (!batch) return <Trouble problem={query.error} onRetry={query.refetch} />;
  const who = batch.name ?? batch.inspector;
  const count = batch.inspections.length;
  const send = (wish: BatchStep, done: string) =>
    step.mutate(wish, {
      onSuccess: () => {
        setReturning(false);
        setChosen(new Set());
        void message.success(done);
      },
      onError: (problem) => void message.error(problem.message || t('notDone')),
    });
  const publish = () =>
    void modal.confirm({
      title: t('publishOf', { who, count }),
      content: t('publishHint'),
      okText: t('publish'),
      onOk: () => send({ step: 'publish' }, t('publishedOf', { who })),
    });
  const actions = (
    <>
      <Button href={batchWorkbook(name)} icon={<DownloadOutlined />} disabled={count === 0}>
        XLSX
      </Button>
      {can('hand_in') && (
        <Button type="primary" disabled={count === 0} loading={step.isPending} onClick={() => send({ step: 'hand-in' }, t('handedIn'))}>
          {t('handIn')}
        </Button>
      )}
      {can('publish') && (
        <Button type="primary" loading={step.isPending} onClick={publish}>
          {t('publish')}
        </Button>
      )}
      {can('send_back') && (
        <Button onClick={() => setReturning(true)}>{chosen.size > 0 ? t('sendBackChosen', { count: chosen.size }) : t('sendBack')}</Button>
      )}
      {can('close') && (
        <Button loading={step.isPending} onClick={() => send({ step: 'close' }, t('closedOf', { who }))}>
          {t('close')}
        </Button>
      )}
    </>
  );
  return (
    <div className="stack">
      <div className="page-head" style={{ marginBottom: 0 }}>
        <h2 className="batch-title">
          {who} <span className="quiet">{t('weekOf', { day: dayName(batch.week), number: batch.number })}</span>
        </h2>
        <BatchMark state={batch.state} />
        {batch.handed_in_at && <span className="quiet">{t('handedInAt', { at: wallClock(batch.handed_in_at).slice(0, 16) })}</span>}
        {batch.published_at && <span className="quiet">{t('publishedBy', { by: batch.published_by_name ?? batch.published_by ?? '', at: wallClock(batch.published_at).slice(0, 16) })}</span>}
        <span className="grow" />
        <div className="page-actions">{actions}</div>
      </div>
      {batch.comment !== '' && <Alert type="warning" showIcon message={t('returnedWith')} description={<span className="told">{batch.comment}</span>} />}
      <Listing
        name="batch"
        file={`${batch.inspector}-${batch.week}`}
        caption={t('batchOf', { who })}
        rowKey={(row) => row.key}
        columns={columns}
        rows={batch.inspections}
        empty={t('batchEmpty')}
        onOpen={(row) => navigate(`/results/${row.key}`)}
      />
      {returning && (
        <SendBack batch={batch} chosen={[...chosen]} busy={step.isPending} onSend={(wish) => send(wish, t('sentBackOf', { who }))} onClose={() => setReturning(false)} />
      )}
    </div>
  );
}

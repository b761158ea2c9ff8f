// Files on their way in: choose, preview, import, see what was rejected, undo.
import { InboxOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Descriptions, Empty, Select, Table, Tag, Typography, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { call, get } from '../../api/client';
import { wallClock } from '../../shell/format';
import { MoreRows } from '../../shell/MoreRows';
import { useCursorList } from '../../shell/useCursorList';
import { type Imported, type Preview, upload } from './upload';

const kinds = ['people', 'facts', 'queue-log', 'cdr', 'csv'] as const;
type Kind = (typeof kinds)[number];
const noFilters = {};

interface Batch {
  id: string;
  kind: Kind;
  file: string;
  imported_at: string;
  by: string;
  accepted: number;
  rejected: number;
  undone: boolean;
}

function PreviewTable({ preview }: { preview: Preview }) {
  const { t } = useTranslation('imports');
  return (
    <Table
      size="small"
      title={() => t('preview')}
      pagination={false}
      rowKey={(row) => row.at}
      dataSource={preview.rows.map((cells, at) => ({ at, cells }))}
      scroll={{ x: 'max-content', y: 260 }}
      columns={preview.head.map((title, column) => ({
        title,
        key: column,
        render: (_: unknown, row: { cells: string[] }) => row.cells[column] ?? '',
      }))}
    />
  );
}

function Unknown({ title, rows }: { title: string; rows: Imported['unknown_members'] }) {
  const { t } = useTranslation('imports');
  if (rows.length === 0) return null;
  return (
    <Table
      size="small"
      title={() => title}
      pagination={false}
      rowKey="name"
      dataSource={rows}
      columns={[
        { dataIndex: 'name' },
        { title: t('contacts'), dataIndex: 'count', align: 'right' },
        { title: t('suggestion'), dataIndex: 'suggestion' },
      ]}
    />
  );
}

function Outcome({ imported }: { imported: Imported }) {
  const { t } = useTranslation('imports');
  return (
    <Card size="small" title={t('result')}>
      <Descriptions size="small" column={{ xs: 2, md: 5 }}>
        {(['rows', 'accepted', 'unchanged', 'rejected', 'ignored'] as const).map((name) => (
          <Descriptions.Item key={name} label={t(name)}>
            {imported[name].toLocaleString()}
          </Descriptions.Item>
        ))}
      </Descriptions>
      {imported.rejected > 0 && imported.rejects && (
        <Typography.Link href={`/api/v1/rejects/${encodeURIComponent(imported.rejects)}`}>{t('rejects')}</Typography.Link>
      )}
      <Unknown title={t('unknownMembers')} rows={imported.unknown_members} />
      <Unknown title={t('unknownQueues')} rows={imported.unknown_queues} />
    </Card>
  );
}

function TakeIn() {
  const { t } = useTranslation('imports');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [kind, setKind] = useState<Kind>('queue-log');
  const [file, setFile] = useState<File>();
  const [map, setMap] = useState<File>();
  const onError = (problem: Error) => void message.error(problem.message);
  const preview = useMutation({ mutationFn: (chosen: File) => upload<Preview>(`/imports/${kind}/preview`, chosen), onError });
  const take = useMutation({
    mutationFn: (chosen: File) => upload<Imported>(`/imports/${kind}`, chosen, map),
    onSuccess: () => queries.invalidateQueries(),
    onError,
  });
  const choose = (chosen: File) => {
    setFile(chosen);
    take.reset();
    preview.mutate(chosen);
    return false;
  };
  return (
    <div style={{ display: 'grid', gap: 12 }}>
      <div className="page-head">
        <Select
          aria-label={t('kind')}
          value={kind}
          options={kinds.map((value) => ({ value, label: t(value) }))}
          onChange={(chosen: Kind) => setKind(chosen)}
          style={{ minWidth: 200 }}
        />
        {kind === 'csv' && (
          <Upload maxCount={1} accept=".yaml,.yml" beforeUpload={(chosen) => (setMap(chosen), false)} onRemove={() => setMap(undefined)}>
            <Button>{t('map')}</Button>
          </Upload>
        )}
        {file && (
          <Button type="primary" loading={take.isPending} disabled={kind === 'csv' && !map} onClick={() => take.mutate(file)}>
            {t('take')} {file.name}
          </Button>
        )}
      </div>
      <Upload.Dragger maxCount={1} showUploadList={false} beforeUpload={choose} style={{ padding: 8 }}>
        <InboxOutlined style={{ fontSize: 24 }} /> {t('drop')}
        <div className="quiet">{t('dropHint')}</div>
      </Upload.Dragger>
      {take.data ? <Outcome imported={take.data} /> : preview.data && <PreviewTable preview={preview.data} />}
    </div>
  );
}

function Batches() {
  const { t } = useTranslation('imports');
  const { modal, message } = App.useApp();
  const queries = useQueryClient();
  const { rows, query } = useCursorList<Batch>('/batches', noFilters);
  const undo = (batch: Batch) =>
    void modal.confirm({
      title: t('undoQuestion', { file: batch.file }),
      content: t('undoWarning'),
      okText: t('undo'),
      onOk: async () => {
        try {
          await call('DELETE', `/batches/${batch.id}`);
          await queries.invalidateQueries();
        } catch (problem) {
          void message.error(problem instanceof Error ? problem.message : String(problem));
        }
      },
    });
  const right = { align: 'right', className: 'figure' } as const;
  return (
    <>
      <h2 style={{ fontSize: 15, marginTop: 20 }}>{t('batches')}</h2>
      <Table
        size="small"
        rowKey="id"
        loading={query.isPending}
        dataSource={rows}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Empty description={query.error?.message ?? t('noBatches')} /> }}
        columns={[
          { title: t('importedAt'), key: 'at', render: (_, row) => wallClock(row.imported_at) },
          { title: t('kind'), key: 'kind', render: (_, row) => t(row.kind) },
          { title: t('file'), dataIndex: 'file' },
          { title: t('by'), dataIndex: 'by', responsive: ['md'] },
          { title: t('accepted'), key: 'accepted', ...right, render: (_, row) => row.accepted.toLocaleString() },
          { title: t('rejected'), key: 'rejected', ...right, render: (_, row) => row.rejected.toLocaleString() },
          {
            key: 'undo',
            render: (_, row) =>
              row.undone ? (
                <Tag>{t('undone')}</Tag>
              ) : (
                <Button size="small" onClick={() => undo(row)}>
                  {t('undo')}
                </Button>
              ),
          },
        ]}
      />
      <MoreRows query={query} />
    </>
  );
}

function SilenceAlarm() {
  const { t } = useTranslation('imports');
  const silence = useQuery({
    queryKey: ['silence'],
    queryFn: ({ signal }) => get<{ silent: boolean; last: string | null }>('/imports/silence', signal),
  });
  if (!silence.data?.silent) return null;
  return <Alert type="warning" showIcon message={t('silent', { last: silence.data.last ?? '—' })} style={{ marginBottom: 12 }} />;
}

export default function ImportsPage() {
  const { t } = useTranslation('imports');
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('imports')}</h1>
      </div>
      <SilenceAlarm />
      <TakeIn />
      <Batches />
    </div>
  );
}

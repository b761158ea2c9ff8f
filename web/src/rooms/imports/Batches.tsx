// What has been taken in; a batch can be undone, and only what nobody else states goes with it.
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';

import { call } from '../../api/client';
import type { Batch } from '../../api/schema';
import { count, wallClock } from '../../shell/format';
import { Listing, type ListColumn } from '../../shell/Listing';
import { Mark } from '../../shell/Mark';
import { useHasRole } from '../../shell/session';
import { useCursorList } from '../../shell/useCursorList';
import { type Kind, kinds, useRefreshAll } from './data';

const noFilters = {};

// A file taken in on the server bears its whole path.
const fileName = (path: string) => path.split('/').at(-1) ?? path;

function Undo({ batch }: { batch: Batch }) {
  const { t } = useTranslation('imports');
  const { modal, message } = App.useApp();
  const refresh = useRefreshAll();
  const mayUndo = useHasRole('manager', 'admin');
  if (batch.undone) return <Mark>{t('undone')}</Mark>;
  if (!mayUndo) return null;
  const undo = async () => {
    try {
      await call('DELETE', `/batches/${batch.id}`);
      void message.success(t('undoDone', { file: fileName(batch.file) }));
      await refresh();
    } catch (problem) {
      void message.error(problem instanceof Error ? problem.message : String(problem));
    }
  };
  const ask = () =>
    void modal.confirm({
      title: t('undoQuestion', { file: fileName(batch.file) }),
      content: t('undoWarning', { count: batch.accepted }),
      okText: t('undo'),
      onOk: undo,
    });
  return (
    <Button size="small" onClick={ask} aria-label={t('undoWhat', { file: fileName(batch.file) })}>
      {t('undo')}
    </Button>
  );
}

export function Batches() {
  const { t } = useTranslation('imports');
  const { rows, query } = useCursorList<Batch>('/batches', noFilters);
  const kindName = (kind: string) => (kinds.includes(kind as Kind) ? t(kind as Kind) : kind);
  const columns: ListColumn<Batch>[] = [
    { key: 'imported_at', title: t('importedAt'), cell: (row) => wallClock(row.imported_at) },
    { key: 'file', title: t('file'), text: (row) => row.file, cell: (row) => <span title={row.file}>{fileName(row.file)}</span> },
    { key: 'kind', title: t('kind'), cell: (row) => kindName(row.kind) },
    { key: 'by', title: t('by'), cell: (row) => row.by },
    { key: 'accepted', title: t('accepted'), figure: true, narrow: true, text: (row) => String(row.accepted), cell: (row) => count(row.accepted) },
    { key: 'rejected', title: t('rejected'), figure: true, text: (row) => String(row.rejected), cell: (row) => count(row.rejected) },
    { key: 'undo', title: t('state'), narrow: true, text: (row) => (row.undone ? t('undone') : ''), cell: (row) => <Undo batch={row} /> },
  ];
  return (
    <Listing
      name="batches"
      caption={t('batches')}
      rowKey={(row) => row.id}
      columns={columns}
      rows={rows}
      query={query}
      empty={t('noBatches')}
      tools={<h2>{t('batches')}</h2>}
    />
  );
}

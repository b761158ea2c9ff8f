// The first rows of a file as the server reads them, each with what is wrong with it.
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

import { DataTable, type Column } from '../../shell/DataTable';
import { Mark } from '../../shell/Mark';
import { Panel } from '../../shell/Panel';
import type { Preview } from './data';

type PreviewRow = Preview['rows'][number];

export function PreviewTable({ preview }: { preview: Preview }) {
  const { t } = useTranslation('imports');
  const columns: Column<PreviewRow>[] = preview.columns.map((title, at) => ({ key: `c${at}`, title, cell: (row) => row.cells[at] }));
  columns.unshift({ key: 'line', title: t('line'), figure: true, width: 56, cell: (row) => row.line });
  if (preview.rows.some((row) => row.problem)) {
    columns.splice(1, 0, { key: 'problem', title: t('problem'), cell: (row) => row.problem && <Mark tone="bad">{row.problem}</Mark> });
  }
  return (
    <Panel title={t('preview', { count: preview.rows.length })} extra={<span className="quiet">{preview.encoding}</span>} flush>
      {preview.problem && <Alert type="error" showIcon banner message={preview.problem} />}
      <DataTable caption={t('preview', { count: preview.rows.length })} columns={columns} rows={preview.rows} rowKey={(row) => String(row.line)} />
    </Panel>
  );
}

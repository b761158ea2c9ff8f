// The first rows of a file as the server reads them, each with what is wrong with it.
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

import type { ImportPreview, PreviewRow } from '../../api/schema';
import { type Column, DataTable } from '../../shell/DataTable';
import { Mark } from '../../shell/Mark';
import { Panel } from '../../shell/Panel';

export function PreviewTable({ preview }: { preview: ImportPreview }) {
  const { t } = useTranslation('imports');
  const wrong = preview.rows.filter((row) => row.problem !== null).length;
  const columns: Column<PreviewRow>[] = [
    { key: 'line', title: t('line'), figure: true, width: 56, cell: (row) => row.line },
    ...preview.columns.map((title, at) => ({ key: `c${at}`, title, cell: (row: PreviewRow) => row.cells[at] })),
  ];
  if (wrong > 0) {
    columns.splice(1, 0, { key: 'problem', title: t('problem'), cell: (row) => row.problem && <Mark tone="bad">{row.problem}</Mark> });
  }
  const extra = (
    <span className="quiet">
      {wrong > 0 && <span className="fall">{t('wouldReject', { count: wrong })} · </span>}
      {preview.encoding}
    </span>
  );
  const title = t('preview', { count: preview.rows.length });
  return (
    <Panel title={title} extra={extra} flush>
      {preview.problem && <Alert type="error" showIcon banner message={preview.problem} />}
      <DataTable caption={title} columns={columns} rows={preview.rows} rowKey={(row) => String(row.line)} />
    </Panel>
  );
}

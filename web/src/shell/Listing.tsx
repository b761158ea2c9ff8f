// Every list of the desk: columns chosen and remembered, what is seen as CSV, a sum row, j/k/Enter, more on demand.
import { DownloadOutlined, SettingOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover, Skeleton, Tooltip } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { csvOf, download } from './csv';
import { type Column, DataTable, type Order } from './DataTable';
import { useKept } from './kept';
import { MoreRows, type Paged } from './MoreRows';
import { Nothing, Trouble } from './Nothing';
import { useNarrow } from './narrow';
import { useListKeys } from './useListKeys';

export interface ListColumn<Row> extends Column<Row> {
  title: string;
  text?: (row: Row) => string; // in the CSV; needed where cell() gives more than text
  narrow?: boolean; // shown on a phone too; the first two columns always are
  optional?: boolean; // shown only when chosen
  order?: (a: Row, b: Row) => number; // sorted here
  sorted?: Order; // sorted by the server
}

interface Props<Row> {
  name: string; // of the list, for what is remembered
  file?: string; // what the file's name adds to it
  caption: string;
  rowKey: (row: Row) => string;
  columns: ListColumn<Row>[];
  rows: Row[];
  query?: Paged | undefined;
  empty: ReactNode;
  onOpen?: (row: Row) => void;
  onSort?: (key: string, order: Order) => void; // by the server
  tools?: ReactNode; // what narrows the list or adds to it
  note?: ReactNode; // quiet, beside the number of rows
}

const plain = (node: ReactNode): string => (typeof node === 'string' || typeof node === 'number' ? String(node) : '');

function useShown<Row>(name: string, columns: ListColumn<Row>[]) {
  const [chosen, setChosen] = useKept<Record<string, boolean>>(`columns.${name}`, {});
  const narrow = useNarrow();
  const isChosen = (column: ListColumn<Row>) => chosen[column.key] ?? !column.optional;
  const shown = columns.filter((column, at) => isChosen(column) && (!narrow || at < 2 || column.narrow));
  const choose = (key: string, on: boolean) => setChosen({ ...chosen, [key]: on });
  return { shown, isChosen, choose };
}

function Tools<Row>({ props, shown, isChosen, choose }: { props: Props<Row> } & ReturnType<typeof useShown<Row>>) {
  const { t } = useTranslation();
  const save = () => {
    const rows = props.rows.map((row) => shown.map((column) => column.text?.(row) ?? plain(column.cell(row))));
    download(
      `${[props.name, props.file].filter(Boolean).join('-')}.csv`,
      csvOf(
        shown.map((column) => column.title),
        rows,
      ),
    );
  };
  const choice = (
    <div style={{ display: 'grid', gap: 4 }}>
      {props.columns.slice(1).map((column) => (
        <Checkbox key={column.key} checked={isChosen(column)} onChange={(event) => choose(column.key, event.target.checked)}>
          {column.title}
        </Checkbox>
      ))}
    </div>
  );
  return (
    <div className="list-tools">
      {props.tools}
      <span className="quiet">{t(props.query?.hasNextPage ? 'rowsOfMore' : 'rowsSeen', { count: props.rows.length })}</span>
      {props.note !== undefined && <span className="quiet">{props.note}</span>}
      <span className="grow" />
      <Popover trigger="click" placement="bottomRight" content={choice} title={t('columns')}>
        <Button size="small" type="text" icon={<SettingOutlined />}>
          {t('columns')}
        </Button>
      </Popover>
      <Tooltip title={t('csvSeen')}>
        <Button size="small" type="text" icon={<DownloadOutlined />} disabled={props.rows.length === 0} onClick={save}>
          CSV
        </Button>
      </Tooltip>
    </div>
  );
}

// Sorted here, by the column last clicked; the usual order is the one the rows came in.
function useSorted<Row>(rows: Row[], columns: ListColumn<Row>[]) {
  const [by, setBy] = useState<{ key: string; order: Order }>();
  const compare = by?.order ? columns.find(({ key }) => key === by.key)?.order : undefined;
  const sorted = useMemo(() => {
    if (!compare) return rows;
    const sign = by?.order === 'descend' ? -1 : 1;
    return [...rows].sort((a, b) => sign * compare(a, b));
  }, [rows, compare, by?.order]);
  return { sorted, by, setBy };
}

export function Listing<Row extends object>(props: Props<Row>) {
  const { name, caption, rowKey, columns, query, empty, onOpen, onSort } = props;
  const view = useShown(name, columns);
  const { sorted: rows, by, setBy } = useSorted(props.rows, columns);
  const cursor = useListKeys(rows, rowKey, onOpen);
  if (query?.isError && rows.length === 0) return <Trouble problem={query.error ?? new Error()} onRetry={query.refetch} />;
  const orderOf = (key: string): Order | undefined => {
    const column = columns.find((one) => one.key === key);
    if (column?.sorted !== undefined) return column.sorted;
    if (column?.order) return by?.key === key ? by.order : null;
    return undefined;
  };
  const sort = (key: string, order: Order) => {
    if (columns.find((one) => one.key === key)?.order) setBy({ key, order });
    else onSort?.(key, order);
  };
  return (
    <section className="panel listing">
      <Tools props={{ ...props, rows }} {...view} />
      <DataTable
        caption={caption}
        columns={view.shown}
        rows={rows}
        rowKey={rowKey}
        current={cursor}
        onOpen={onOpen}
        sorting={{ of: orderOf, onSort: sort }}
      />
      {query?.isPending && <Skeleton active style={{ padding: 12 }} />}
      {rows.length === 0 && !query?.isPending && <Nothing title={empty} />}
      {query && <MoreRows query={query} />}
    </section>
  );
}

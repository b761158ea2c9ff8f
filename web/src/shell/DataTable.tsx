// A plain table: figures to the right, a head that stays, sums below, sorted by its heads. Small enough for hundreds of
// rows without tricks.
import type { MouseEvent, ReactNode } from 'react';

export type Order = 'ascend' | 'descend' | null;

export interface Column<Row> {
  key: string;
  title: ReactNode;
  cell: (row: Row) => ReactNode;
  figure?: boolean; // right-aligned
  wraps?: boolean; // its words may break into lines
  width?: number;
  sum?: ReactNode;
}

interface Props<Row> {
  caption: string; // read aloud
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  current?: string | undefined; // the row the keyboard stands on
  onOpen?: ((row: Row) => void) | undefined;
  sorting?: { of: (key: string) => Order | undefined; onSort: (key: string, order: Order) => void };
}

const nextOrder: Record<string, Order> = { descend: 'ascend', ascend: null };
const ariaOrder = { ascend: 'ascending', descend: 'descending' } as const;

function Head<Row>({ column, sorting }: { column: Column<Row>; sorting: Props<Row>['sorting'] }) {
  const order = sorting?.of(column.key);
  const look = { className: column.figure ? 'figure' : undefined, style: column.width === undefined ? {} : { width: column.width } };
  if (order === undefined) {
    return (
      <th scope="col" {...look}>
        {column.title}
      </th>
    );
  }
  return (
    <th scope="col" {...look} aria-sort={order ? ariaOrder[order] : 'none'}>
      <button type="button" onClick={() => sorting?.onSort(column.key, order === null ? 'descend' : (nextOrder[order] ?? null))}>
        {column.title}
        <span className="sort-sign" aria-hidden>
          {order === 'ascend' ? '▲' : order === 'descend' ? '▼' : '↕'}
        </span>
      </button>
    </th>
  );
}

// A click on a link, a button or a field within the row is theirs.
const isOwn = (event: MouseEvent) => (event.target as HTMLElement).closest('a,button,input,[role=button]') !== null;

export function DataTable<Row>({ caption, columns, rows, rowKey, current, onOpen, sorting }: Props<Row>) {
  const look = (column: Column<Row>) => (column.figure ? 'figure' : column.wraps ? 'wraps' : undefined);
  const hasSums = rows.length > 0 && columns.some((column) => column.sum !== undefined);
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={caption}>
      <table className="data-table">
        <caption className="for-ears">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.key} column={column} sorting={sorting} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = rowKey(row);
            return (
              <tr
                key={key}
                data-row={key}
                className={`${onOpen ? 'row-link' : ''} ${key === current ? 'row-current' : ''}`}
                onClick={onOpen && ((event) => !isOwn(event) && onOpen(row))}
              >
                {columns.map((column) => (
                  <td key={column.key} className={look(column)}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
        {hasSums && (
          <tfoot>
            <tr>
              {columns.map((column) => (
                <td key={column.key} className={look(column)}>
                  {column.sum}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

// The parts of a sheet: its items and what it pays; every figure can be asked why.
import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';

import type { PayLine, Sheet, SheetItem } from '../../api/schema';
import { ClauseLink } from '../../shell/ClauseLink';
import { type Column, DataTable } from '../../shell/DataTable';
import { band, money, monthName, placed } from '../../shell/format';
import { useLabel, useUnit } from '../../shell/label';
import { useNarrow } from '../../shell/narrow';
import { Panel } from '../../shell/Panel';

export type Ask = (item: string) => void;

export function Why({ item, onAsk, what }: { item: string; onAsk: Ask; what: string }) {
  const { t } = useTranslation('appraisal');
  return (
    <Tooltip title={t('why')}>
      <Button
        type="text"
        size="small"
        icon={<QuestionCircleOutlined className="quiet" />}
        aria-label={t('whyWhat', { what })}
        onClick={() => onAsk(item)}
      />
    </Tooltip>
  );
}

function Meter({ score }: { score: string | null }) {
  if (score === null) return null;
  const share = Math.max(0, Math.min(100, Number(score)));
  return (
    <span className="meter" aria-hidden>
      <span style={{ width: `${share}%` }} />
    </span>
  );
}

// On a phone the weight and the measured value stand below the item's name.
function ItemName({ item }: { item: SheetItem }) {
  const label = useLabel();
  const unit = useUnit();
  const narrow = useNarrow();
  if (!narrow) {
    return (
      <>
        {label(item.label)} <ClauseLink clause={item.clause} />
      </>
    );
  }
  return (
    <>
      {label(item.label)}
      <div className="quiet">
        {item.weight} %{item.value !== null && ` · ${placed(item.value, 2)} ${unit(item.unit)}`}
      </div>
    </>
  );
}

function useItemColumns(onAsk: Ask): Column<SheetItem>[] {
  const { t } = useTranslation('appraisal');
  const label = useLabel();
  const unit = useUnit();
  const narrow = useNarrow();
  const value = (item: SheetItem) =>
    item.applied ? placed(item.value, 2) : <Tooltip title={t('notApplicable')}>{t('notCounted')}</Tooltip>;
  const all: (Column<SheetItem> & { wide?: boolean })[] = [
    { key: 'item', title: t('item'), wraps: narrow, cell: (item) => <ItemName item={item} /> },
    { key: 'weight', title: t('weight'), figure: true, wide: true, cell: (item) => `${item.weight} %` },
    { key: 'value', title: t('value'), figure: true, wide: true, cell: value },
    {
      key: 'unit',
      title: <span className="for-ears">{t('unit')}</span>,
      wide: true,
      cell: (item) => item.applied && item.value !== null && <span className="quiet unit">{unit(item.unit)}</span>,
    },
    { key: 'band', title: t('band'), wide: true, cell: (item) => item.band && band(item.band) },
    { key: 'next', title: t('nextBand'), wide: true, cell: (item) => item.next_band && band(item.next_band) },
    { key: 'score', title: t('score'), figure: true, cell: (item) => placed(item.score, 2) },
    { key: 'meter', title: '', wide: true, width: 84, cell: (item) => <Meter score={item.score} /> },
    { key: 'points', title: t('points'), figure: true, cell: (item) => <strong>{placed(item.points, 2)}</strong> },
    {
      key: 'why',
      title: <span className="for-ears">{t('why')}</span>,
      width: 40,
      cell: (item) => <Why item={item.id} onAsk={onAsk} what={label(item.label)} />,
    },
  ];
  return all.filter((column) => !narrow || !column.wide);
}

export function Items({ sheet, onAsk }: { sheet: Sheet; onAsk: Ask }) {
  const { t } = useTranslation('appraisal');
  return (
    <section className="panel listing">
      <DataTable caption={t('items')} columns={useItemColumns(onAsk)} rows={sheet.items} rowKey={(item) => item.id} />
    </section>
  );
}

export function PayPanel({ sheet, onAsk }: { sheet: Sheet; onAsk: Ask }) {
  const { t } = useTranslation('appraisal');
  const label = useLabel();
  const name = (line: PayLine) => {
    if (line.period) return t('adjustment', { period: monthName(line.period) });
    return line.label ? label(line.label) : line.id;
  };
  if (!sheet.pay) {
    return (
      <Panel title={t('payLines')}>
        <p className="quiet">{t(sheet.pay === undefined ? 'payHidden' : 'noPay')}</p>
      </Panel>
    );
  }
  const total = (
    <>
      <strong style={{ fontSize: 15 }}>{money(sheet.pay.total)}</strong> <Why item="pay" onAsk={onAsk} what={t('pay')} />
    </>
  );
  return (
    <Panel title={t('payLines')} extra={total}>
      <table className="plain-table">
        <tbody>
          {sheet.pay.lines.map((line) => (
            <tr key={`${line.id}${line.period ?? ''}`}>
              <td>
                {name(line)} {line.clause && <ClauseLink clause={line.clause} />}
              </td>
              <td className="figure">{money(line.amount)}</td>
              <td style={{ width: 28, paddingRight: 0 }}>
                <Why item={line.period ? 'adjustment' : line.id} onAsk={onAsk} what={name(line)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

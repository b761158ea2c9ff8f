// The parts of a sheet: items, what was added and taken off, pay, trend.
import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button, Card, Table, Tooltip, Typography } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { PayLine, Sheet, SheetItem } from '../../api/types';
import Chart from '../../charts/Chart';
import { money, monthName, placed } from '../../shell/format';

export type Ask = (item: string) => void;

export function Why({ item, onAsk, what }: { item: string; onAsk: Ask; what: string }) {
  const { t } = useTranslation('appraisal');
  return (
    <Tooltip title={t('why')}>
      <Button
        type="text"
        size="small"
        icon={<QuestionCircleOutlined className="quiet" />}
        aria-label={`${t('why')} ${what}`}
        onClick={() => onAsk(item)}
      />
    </Tooltip>
  );
}

function useLabel() {
  const { i18n } = useTranslation();
  return (label: { zh: string; en: string }) => (i18n.language === 'en' ? label.en : label.zh);
}

export function Items({ sheet, onAsk }: { sheet: Sheet; onAsk: Ask }) {
  const { t } = useTranslation('appraisal');
  const label = useLabel();
  const right = { align: 'right', className: 'figure' } as const;
  return (
    <Table<SheetItem>
      size="small"
      rowKey="id"
      pagination={false}
      dataSource={sheet.items}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: t('item'), key: 'item', render: (_, item) => label(item.label) },
        { title: t('weight'), key: 'weight', ...right, render: (_, item) => `${item.weight} %` },
        {
          title: t('value'),
          key: 'value',
          ...right,
          render: (_, item) =>
            item.applied ? `${placed(item.value, 2)} ${item.unit}` : <Tooltip title={t('notApplicable')}>—</Tooltip>,
        },
        { title: t('band'), key: 'band', responsive: ['sm'], render: (_, item) => item.band ?? '' },
        { title: t('nextBand'), key: 'next', responsive: ['md'], render: (_, item) => item.next_band ?? '' },
        { title: t('score'), key: 'score', ...right, render: (_, item) => placed(item.score, 2) },
        { title: t('points'), key: 'points', ...right, render: (_, item) => placed(item.points, 2) },
        {
          title: '',
          key: 'why',
          width: 40,
          render: (_, item) => <Why item={item.id} onAsk={onAsk} what={label(item.label)} />,
        },
      ]}
    />
  );
}

export function PayCard({ sheet, onAsk }: { sheet: Sheet; onAsk: Ask }) {
  const { t } = useTranslation('appraisal');
  const label = useLabel();
  const name = (line: PayLine) =>
    line.period ? t('adjustment', { period: monthName(line.period) }) : line.label ? label(line.label) : line.id;
  if (!sheet.pay) {
    return (
      <Card size="small" title={t('payLines')}>
        <Typography.Text type="secondary">{t('payHidden')}</Typography.Text>
      </Card>
    );
  }
  return (
    <Card size="small" title={t('payLines')} extra={<strong>{money(sheet.pay.total)}</strong>}>
      <table style={{ width: '100%' }}>
        <tbody>
          {sheet.pay.lines.map((line) => (
            <tr key={`${line.id}${line.period ?? ''}`}>
              <td>{name(line)}</td>
              <td className="quiet">{line.clause}</td>
              <td className="figure">{money(line.amount)}</td>
              <td style={{ width: 32 }}>
                <Why item={line.id} onAsk={onAsk} what={name(line)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

export function Trend({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation('appraisal');
  const option = useMemo(
    () => ({
      grid: { left: 40, right: 12, top: 12, bottom: 22 },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: sheet.trend.map((point) => point.period), axisTick: { show: false } },
      yAxis: { type: 'value', scale: true, splitLine: { lineStyle: { opacity: 0.3 } } },
      series: [
        {
          name: t('total'),
          type: 'line',
          symbolSize: 6,
          color: '#0f8a82',
          data: sheet.trend.map((point) => (point.total === null ? null : Number(point.total))),
        },
      ],
    }),
    [sheet.trend, t],
  );
  const table = {
    caption: t('trend'),
    head: [t('period'), t('total'), t('star')],
    rows: sheet.trend.map((point) => [point.period, point.total ?? '—', point.star]),
  };
  return (
    <Card size="small" title={t('trend')}>
      <Chart option={option} table={table} height={150} />
    </Card>
  );
}

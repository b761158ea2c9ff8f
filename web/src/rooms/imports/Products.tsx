// Which product each queue of a log serves; a queue that nothing is said of is a product of its own.
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import type { QueueProductInput } from '../../api/schema';
import { Panel } from '../../shell/Panel';

interface Props {
  rows: QueueProductInput[];
  onChange: (rows: QueueProductInput[]) => void;
}

export function Products({ rows, onChange }: Props) {
  const { t } = useTranslation('imports');
  const put = (at: number, change: Partial<QueueProductInput>) => onChange(rows.map((row, nth) => (nth === at ? { ...row, ...change } : row)));
  const add = (
    <Button size="small" onClick={() => onChange([...rows, { queue: '', product: '' }])}>
      {t('addQueue')}
    </Button>
  );
  return (
    <Panel title={t('products')} extra={add}>
      <p className="quiet">{t('productsHint')}</p>
      <div className="products">
        {rows.map((row, at) => (
          <div key={at} className="row">
            <Input
              size="small"
              aria-label={t('queue')}
              placeholder={t('queue')}
              value={row.queue}
              onChange={(event) => put(at, { queue: event.target.value })}
              style={{ width: 140 }}
            />
            <span aria-hidden>→</span>
            <Input
              size="small"
              aria-label={t('productOf', { queue: row.queue })}
              placeholder={row.queue || t('product')}
              value={row.product}
              onChange={(event) => put(at, { product: event.target.value })}
              style={{ width: 140 }}
            />
          </div>
        ))}
      </div>
    </Panel>
  );
}

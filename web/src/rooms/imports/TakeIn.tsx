// One file on its way in: choose, say what it is, look, take in.
import { InboxOutlined } from '@ant-design/icons';
import { Alert, Button, Select, Skeleton, Upload } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import { bytes } from '../../shell/format';
import { Trouble } from '../../shell/Nothing';
import { isOver, kinds, useImportJob, useRefreshAll } from './data';
import { MapWizard } from './MapWizard';
import { Outcome } from './Outcome';
import { PreviewTable } from './PreviewTable';
import { Products } from './Products';
import { takesProducts, useTakeIn } from './useTakeIn';

// Follows the job; when it is over, everything on the desk may have changed.
function Followed({ id }: { id: string }) {
  const job = useImportJob(id);
  const refresh = useRefreshAll();
  const over = job.data !== undefined && isOver(job.data);
  useEffect(() => {
    if (over) void refresh();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when the job ends
  }, [over]);
  if (job.isError) return <Trouble problem={job.error} />;
  return job.data ? <Outcome job={job.data} /> : null;
}

export function TakeIn() {
  const { t } = useTranslation('imports');
  const state = useTakeIn();
  const { order, preview, problem } = state;
  return (
    <div className="stack">
      <Upload.Dragger
        maxCount={1}
        showUploadList={false}
        disabled={state.isSending}
        beforeUpload={(file) => {
          state.choose(file);
          return false;
        }}
      >
        <InboxOutlined style={{ fontSize: 26, color: 'var(--accent)' }} aria-hidden />
        <div>{t(state.isSending ? 'sending' : 'drop')}</div>
        <div className="quiet">{t('dropHint')}</div>
      </Upload.Dragger>
      {order && (
        <section className="panel strip" aria-label={order.file.name}>
          <strong>{order.file.name}</strong>
          <span className="quiet">{bytes(order.file.size)}</span>
          <Select
            aria-label={t('kind')}
            value={order.kind}
            options={kinds.map((value) => ({ value, label: t(value) }))}
            onChange={state.setKind}
            style={{ minWidth: 210 }}
          />
          <span className="grow" />
          <Button onClick={state.leave}>{t('leave')}</Button>
          <Button type="primary" loading={state.isTaking} disabled={!preview || Boolean(problem) || preview.problem !== null} onClick={state.take}>
            {t('take')}
          </Button>
        </section>
      )}
      {problem && <Alert type="error" showIcon message={problem.message} />}
      {order && preview && order.kind === 'csv' && order.map && <MapWizard map={order.map} preview={preview} onChange={state.setMap} />}
      {order && preview && takesProducts(order.kind) && <Products rows={order.products} onChange={state.setProducts} />}
      {order && preview && <PreviewTable preview={preview} />}
      {order && !preview && !problem && <Skeleton active />}
      {state.job && !order && <Followed id={state.job} />}
    </div>
  );
}

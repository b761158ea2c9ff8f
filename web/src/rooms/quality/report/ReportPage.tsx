// The month's quality on one page: figures, trend, problems, causes and measures; as it prints on A4.
import { App, Button, Input, Modal, Select, Skeleton } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router-dom';

import type { QualityReport, QualityReportRow, ReportState } from '../../../api/schema';
import { count, monthName, wallClock } from '../../../shell/format';
import { Mark, type Tone } from '../../../shell/Mark';
import { Nothing, Trouble } from '../../../shell/Nothing';
import { type ReportStep, useQualityReport, useReportMonths, useReportStep, workbookOf } from './data';
import { type Change, changeOf, meanOf, pointsEach } from './figures';
import { Text } from './Text';
import './report.css';

const Charts = lazy(() => import('./Charts'));

const tones: Record<ReportState, Tone> = { draft: 'warn', submitted: 'info', approved: 'good' };

// Submitting asks once; approving and sending back ask for the comment.
function Steps({ report }: { report: QualityReport }) {
  const { t } = useTranslation('report');
  const { modal, message } = App.useApp();
  const step = useReportStep(report.month);
  const [asking, setAsking] = useState<'approve' | 'send_back'>();
  const [comment, setComment] = useState('');
  const month = monthName(report.month);
  const take = async (which: ReportStep) => {
    try {
      await step.mutateAsync({ step: which, comment: comment.trim() });
      setAsking(undefined);
      setComment('');
      void message.success(t('decided', { month, step: t(which) }));
    } catch (problem) {
      void message.error(problem instanceof Error ? problem.message : String(problem));
    }
  };
  const may = (which: ReportStep) => report.actions.includes(which);
  const submit = () =>
    void modal.confirm({ title: t('submitQuestion', { month }), content: t('submitWarning'), okText: t('submit'), onOk: () => take('submit') });
  return (
    <>
      {may('submit') && (
        <Button type="primary" onClick={submit}>
          {t('submit')}
        </Button>
      )}
      {may('send_back') && <Button onClick={() => setAsking('send_back')}>{t('send_back')}</Button>}
      {may('approve') && (
        <Button type="primary" onClick={() => setAsking('approve')}>
          {t('approve')}
        </Button>
      )}
      {asking && (
        <Modal
          open
          title={`${t(asking)} · ${month}`}
          okText={t(asking)}
          okButtonProps={{ disabled: asking === 'send_back' && comment.trim() === '' }}
          confirmLoading={step.isPending}
          onOk={() => void take(asking)}
          onCancel={() => setAsking(undefined)}
        >
          <Input.TextArea
            autoFocus
            aria-label={t('comment')}
            placeholder={t('commentHint')}
            autoSize={{ minRows: 3, maxRows: 8 }}
            maxLength={2000}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
        </Modal>
      )}
    </>
  );
}

function Figure({ name, change, places, less }: { name: string; change: Change; places: number; less?: boolean }) {
  const { t } = useTranslation('report');
  const { now, before } = change;
  const by = now === null || before === null ? undefined : now - before;
  const better = by !== undefined && (less ? by < 0 : by > 0);
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {now === null ? '—' : places === 0 ? count(now) : now.toFixed(places)}
        {by !== undefined && (
          <small className={by === 0 ? 'quiet' : better ? 'rise' : 'fall'}>
            {by > 0 ? '▲' : by < 0 ? '▼' : ''} {Math.abs(by).toFixed(places)} {t('sinceLast')}
          </small>
        )}
      </dd>
    </div>
  );
}

function Figures({ report: { trend } }: { report: QualityReport }) {
  const { t } = useTranslation('report');
  return (
    <section className="panel">
      <dl className="report-figures">
        <Figure name={t('mean')} change={changeOf(trend, meanOf)} places={2} />
        <Figure name={t('inspections')} change={changeOf(trend, ({ inspections }) => inspections)} places={0} />
        <Figure name={t('findings')} change={changeOf(trend, ({ findings }) => findings)} places={0} less />
        <Figure name={t('perInspection')} change={changeOf(trend, pointsEach)} places={2} less />
      </dl>
    </section>
  );
}

function Decided({ report }: { report: QualityReport }) {
  const { t } = useTranslation('report');
  if (report.submitted_at === null && report.comment === '') return null;
  return (
    <section className="panel strip" aria-label={t('comment')}>
      {report.submitted_at && (
        <span className="quiet">
          {t('submittedAt')} {report.submitted_by_name ?? report.submitted_by} {wallClock(report.submitted_at).slice(0, 16)}
        </span>
      )}
      {report.decided_at && (
        <span className="quiet">
          {t('decidedAt')} {report.decided_by_name ?? report.decided_by} {wallClock(report.decided_at).slice(0, 16)}
        </span>
      )}
      {report.comment && (
        <span>
          {t('comment')}: {report.comment}
        </span>
      )}
    </section>
  );
}

function Head({ months, report }: { months: QualityReportRow[]; report: QualityReport | undefined }) {
  const { t } = useTranslation('report');
  const navigate = useNavigate();
  return (
    <div className="page-head">
      <h1>{t('quality_report')}</h1>
      {report && (
        <>
          <Select
            className="no-print"
            aria-label={t('month')}
            value={report.month}
            options={months.map(({ month }) => ({ value: month, label: monthName(month) }))}
            onChange={(month: string) => navigate(`/quality-report/${month}`)}
            style={{ minWidth: 126 }}
          />
          <strong className="print-only">{monthName(report.month)}</strong>
          <Mark tone={tones[report.state]}>{t(`state_${report.state}`)}</Mark>
        </>
      )}
      <span className="grow" />
      {report && (
        <div className="page-actions">
          <Button onClick={() => window.print()}>{t('print')}</Button>
          <Button href={workbookOf(report.month)}>{t('xlsx')}</Button>
          <Steps report={report} />
        </div>
      )}
    </div>
  );
}

export default function ReportPage() {
  const { t } = useTranslation('report');
  const months = useReportMonths();
  const { period = months.data?.[0]?.month } = useParams();
  const report = useQualityReport(period);
  if (months.isPending) return <Skeleton active className="page" />;
  if (!months.data) return <Trouble problem={months.error} onRetry={months.refetch} />;
  return (
    <div className="page report">
      <Head months={months.data} report={report.data} />
      {period === undefined && <Nothing title={t('noMonths')} />}
      {period !== undefined && report.isPending && <Skeleton active />}
      {report.isError && <Trouble problem={report.error} onRetry={report.refetch} />}
      {report.data && (
        <div className="stack">
          <Decided report={report.data} />
          <Figures report={report.data} />
          <Suspense fallback={<Skeleton active />}>
            <Charts report={report.data} />
          </Suspense>
          <Text key={report.data.month} report={report.data} />
        </div>
      )}
    </div>
  );
}

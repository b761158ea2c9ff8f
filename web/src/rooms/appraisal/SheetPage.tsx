// One person's month: what counted, what it was worth, what it pays, and why.
import { Alert, Button, Skeleton } from 'antd';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router-dom';

import { Problem } from '../../api/client';
import type { Sheet } from '../../api/schema';
import { distance, monthName, placed, wallClock } from '../../shell/format';
import { Mark } from '../../shell/Mark';
import { Nothing, Trouble } from '../../shell/Nothing';
import { usePrincipal } from '../../shell/session';
import { useMonths, useSheet } from './data';
import { PeriodSteps } from './PeriodSteps';
import { Questions } from './Questions';
import { type Ask, Items, PayPanel, Why } from './SheetParts';
import { Stars } from './Stars';
import { WhyPanel } from './WhyPanel';

const Trend = lazy(() => import('./Trend'));

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Summary({ sheet, onAsk }: { sheet: Sheet; onAsk: Ask }) {
  const { t } = useTranslation('appraisal');
  return (
    <section className="panel sheet-top" aria-label={t('total')}>
      <div>
        <span className="quiet">{t('total')}</span>
        <div className="sheet-total">
          {placed(sheet.total, 2)} <Why item="total" onAsk={onAsk} what={t('total')} />
        </div>
      </div>
      <dl className="sheet-facts">
        <Fact name={t('star')}>
          <Stars star={sheet.star} rated={sheet.rated} />
          {sheet.rated && ' '}
          {sheet.rated && <Why item="star" onAsk={onAsk} what={t('star')} />}
        </Fact>
        {sheet.rank !== null && (
          <Fact name={t('rank')}>
            {t('ofRated', { rank: sheet.rank, count: sheet.rated_count })} <Why item="rank" onAsk={onAsk} what={t('rank')} />
          </Fact>
        )}
        <Fact name={t('bonus')}>
          +{placed(sheet.bonus, 2)} <Why item="total" onAsk={onAsk} what={t('bonus')} />
        </Fact>
        <Fact name={t('deduction')}>
          −{placed(sheet.deduction, 2)} <Why item="total" onAsk={onAsk} what={t('deduction')} />
        </Fact>
      </dl>
    </section>
  );
}

function ExcellenceNote({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation('appraisal');
  if (!sheet.excellent) return null;
  if (sheet.excellent.eligible) return <Alert type="success" showIcon message={t('excellentYes')} />;
  const reasons = sheet.excellent.reasons.map((reason) => t(reason as 'last_two')).join(t('listComma'));
  return <Alert type="info" showIcon message={t('excellentNo', { reasons })} />;
}

function DraftNote({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation('appraisal');
  if (sheet.status === 'closed') return null;
  const until = sheet.showing.until;
  const text = until ? t('draftUntil', { distance: distance(until, new Date()), at: wallClock(until) }) : t('draftNote');
  return <Alert type="warning" showIcon message={text} />;
}

function NoSheet({ problem, period, staff }: { problem: Error | null; period: string | undefined; staff: string | undefined }) {
  const { t } = useTranslation('appraisal');
  const principal = usePrincipal();
  const missing = problem === null || (problem instanceof Problem && problem.status === 404);
  if (!missing) return <Trouble problem={problem} />;
  if (!period) return <Nothing title={t('noMonths')} />;
  const title = problem?.message || t(staff === principal.staff_no ? 'noSheet' : 'noSheetOf', { period: monthName(period) });
  return (
    <Nothing title={title}>
      {principal.pages.includes('month') && <Link to={`/month/${period}`}>{t('toMonth')}</Link>}
    </Nothing>
  );
}

export default function SheetPage() {
  const { t } = useTranslation('appraisal');
  const navigate = useNavigate();
  const principal = usePrincipal();
  const months = useMonths();
  const listed = (months.data?.items ?? []).map((entry) => entry.period).sort();
  const asked = useParams();
  const period = !asked.period || asked.period === 'latest' ? listed.at(-1) : asked.period;
  const staff = asked.staff ?? principal.staff_no ?? undefined;
  const sheet = useSheet(period, staff);
  const [why, setWhy] = useState<string>();
  const steps = period && staff && (
    <PeriodSteps period={period} listed={listed} go={(target) => navigate(`/sheet/${target}/${encodeURIComponent(staff)}`)} />
  );

  if (months.isPending || (period && staff && sheet.isPending)) return <Skeleton active className="page" />;
  if (!period || !staff || sheet.isError || !sheet.data) {
    return (
      <div className="page">
        <div className="page-head">{steps}</div>
        <NoSheet problem={sheet.error ?? months.error} period={period} staff={staff} />
      </div>
    );
  }
  const data = sheet.data;
  return (
    <div className="page" style={{ maxWidth: 1240 }}>
      <div className="page-head">
        <h1>
          {data.name} <span className="quiet">{data.staff_no}</span>
        </h1>
        <span className="quiet">
          {data.group} · {t(data.position as 'agent')}
        </span>
        {data.on_probation && <Mark>{t('probation')}</Mark>}
        <Mark tone={data.status === 'closed' ? 'good' : 'warn'}>{t(data.status)}</Mark>
        <span className="grow" />
        {steps}
        <Button className="page-actions wide-only" onClick={() => window.print()}>
          {t('print')}
        </Button>
      </div>
      <div className="stack">
        <DraftNote sheet={data} />
        {data.items.length > 0 && <Summary sheet={data} onAsk={setWhy} />}
        <ExcellenceNote sheet={data} />
        {data.items.length > 0 ? <Items sheet={data} onAsk={setWhy} /> : <Nothing title={t('notAppraised')} />}
        <div className="tiles" style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(min(340px, 100%), 1fr))', marginBottom: 0 }}>
          <PayPanel sheet={data} onAsk={setWhy} />
          <Suspense fallback={<Skeleton active />}>
            <Trend sheet={data} />
          </Suspense>
        </div>
        <Questions key={`${data.period}/${data.staff_no}`} sheet={data} />
      </div>
      <WhyPanel period={period} staff={staff} item={why} onClose={() => setWhy(undefined)} />
    </div>
  );
}

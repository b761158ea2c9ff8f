// One person's month: what counted, what it was worth, what it pays, and why.
import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Descriptions, Empty, Skeleton, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router-dom';

import type { Sheet } from '../../api/types';
import { monthName } from '../../shell/format';
import { usePrincipal } from '../../shell/session';
import { useMonths, useSheet } from './data';
import { type Ask, Items, PayCard, Trend, Why } from './SheetParts';
import { Stars } from './Stars';
import { WhyPanel } from './WhyPanel';

function Summary({ sheet, onAsk }: { sheet: Sheet; onAsk: Ask }) {
  const { t } = useTranslation('appraisal');
  return (
    <Card size="small">
      <Descriptions size="small" column={{ xs: 2, sm: 3, md: 5 }}>
        <Descriptions.Item label={t('total')}>
          <strong style={{ fontSize: 18, lineHeight: '22px' }}>{sheet.total ?? '—'}</strong>
          <Why item="total" onAsk={onAsk} what={t('total')} />
        </Descriptions.Item>
        <Descriptions.Item label={t('star')}>
          <Stars star={sheet.star} rated={sheet.rated} />
          {sheet.rated && <Why item="star" onAsk={onAsk} what={t('star')} />}
        </Descriptions.Item>
        {sheet.rank !== null && (
          <Descriptions.Item label={t('rank')}>{t('ofRated', { rank: sheet.rank, count: sheet.rated_count })}</Descriptions.Item>
        )}
        <Descriptions.Item label={t('bonus')}>+{sheet.bonus}</Descriptions.Item>
        <Descriptions.Item label={t('deduction')}>−{sheet.deduction}</Descriptions.Item>
      </Descriptions>
    </Card>
  );
}

function ExcellenceNote({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation('appraisal');
  if (!sheet.excellent) return null;
  if (sheet.excellent.eligible) return <Alert type="success" showIcon message={t('excellentYes')} />;
  const reasons = sheet.excellent.reasons.map((reason) => t(reason as 'last_two')).join('、');
  return <Alert type="info" showIcon message={t('excellentNo', { reasons })} />;
}

function PeriodSteps({ period, listed, go }: { period: string; listed: string[]; go: (period: string) => void }) {
  const { t } = useTranslation('appraisal');
  const at = listed.indexOf(period);
  const step = (by: number, icon: React.ReactNode, name: string) => {
    const target = listed[at + by];
    return <Button size="small" icon={icon} aria-label={name} disabled={target === undefined} onClick={() => target && go(target)} />;
  };
  return (
    <>
      {step(-1, <LeftOutlined />, t('previousMonth'))}
      <span>{monthName(period)}</span>
      {step(1, <RightOutlined />, t('nextMonth'))}
    </>
  );
}

export default function SheetPage() {
  const { t } = useTranslation('appraisal');
  const navigate = useNavigate();
  const principal = usePrincipal();
  const months = useMonths();
  const listed = (months.data?.items ?? []).map((entry) => entry.period);
  const asked = useParams();
  const period = !asked.period || asked.period === 'latest' ? listed.at(-1) : asked.period;
  const staff = asked.staff ?? principal.staff_no ?? undefined;
  const sheet = useSheet(period, staff);
  const [why, setWhy] = useState<string>();

  if (months.isPending || (period && staff && sheet.isPending)) return <Skeleton active className="page" />;
  if (!period || !staff || !sheet.data) {
    return (
      <Empty
        className="page"
        description={sheet.error?.message ?? (period ? t('noSheet', { period: monthName(period) }) : t('noMonths'))}
      />
    );
  }
  const data = sheet.data;
  return (
    <div className="page">
      <div className="page-head">
        <h1>
          {data.name} <span className="quiet">{data.staff_no}</span>
        </h1>
        <Tag>{data.group}</Tag>
        <Tag>{t(data.position as 'agent')}</Tag>
        {data.on_probation && <Tag>{t('probation')}</Tag>}
        <Tag color={data.status === 'closed' ? 'green' : 'gold'}>{t(data.status)}</Tag>
        <span style={{ flex: 1 }} />
        <PeriodSteps period={period} listed={listed} go={(target) => navigate(`/sheet/${target}/${staff}`)} />
      </div>
      <div style={{ display: 'grid', gap: 12 }}>
        <Summary sheet={data} onAsk={setWhy} />
        <ExcellenceNote sheet={data} />
        <Items sheet={data} onAsk={setWhy} />
        <div className="tiles">
          <PayCard sheet={data} onAsk={setWhy} />
          <Trend sheet={data} />
        </div>
      </div>
      <WhyPanel period={period} staff={staff} item={why} onClose={() => setWhy(undefined)} />
    </div>
  );
}

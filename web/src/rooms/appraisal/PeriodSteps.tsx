import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { monthName } from '../../shell/format';

// The month before, this one, the month after.
export function PeriodSteps({ period, listed, go }: { period: string; listed: string[]; go: (period: string) => void }) {
  const { t } = useTranslation('appraisal');
  const at = listed.indexOf(period);
  const step = (by: number, icon: ReactNode, name: string) => {
    const target = listed[at + by];
    return <Button size="small" icon={icon} aria-label={name} disabled={target === undefined} onClick={() => target && go(target)} />;
  };
  return (
    <div className="row">
      {step(-1, <LeftOutlined />, t('previousMonth'))}
      <strong>{monthName(period)}</strong>
      {step(1, <RightOutlined />, t('nextMonth'))}
    </div>
  );
}

// The score as it would be submitted now, and whether everything is on the server.
import { CheckOutlined, CloudSyncOutlined, ExclamationCircleOutlined, LoadingOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Inspection, Rubric } from '../../../api/schema';
import { placed, shortened } from '../../../shell/format';
import { WhyDrawer } from '../shared/WhyDrawer';
import type { SaveState } from './saver';

const signs: Record<SaveState, ReactNode> = {
  saved: <CheckOutlined />,
  waiting: <LoadingOutlined />,
  saving: <LoadingOutlined />,
  offline: <CloudSyncOutlined />,
  conflict: <ExclamationCircleOutlined />,
  lost: <ExclamationCircleOutlined />,
  refused: <ExclamationCircleOutlined />,
};

const isQuiet = (state: SaveState) => state === 'saved' || state === 'waiting' || state === 'saving';

interface Props {
  inspection: Inspection;
  rubric: Rubric;
  state: SaveState;
  whyOpen: boolean;
  onWhy: (open: boolean) => void;
}

export function ScoreHead({ inspection, rubric, state, whyOpen, onWhy }: Props) {
  const { t } = useTranslation('quality');
  const settled = state === 'saved';
  return (
    <header className="score-head">
      <span className="score" style={{ opacity: settled ? 1 : 0.55 }} aria-live="polite" aria-label={t('scoreNow')}>
        {placed(inspection.score, 2)}
      </span>
      <span className="quiet">/ {shortened(rubric.full_mark)}</span>
      <Button size="small" type="link" onClick={() => onWhy(true)}>
        {t('why')}
      </Button>
      <span className="grow" />
      <span className={isQuiet(state) ? 'quiet' : 'fall'} role="status">
        {signs[state]} {t(`save_${state}`)}
      </span>
      <WhyDrawer inspection={inspection.key} open={whyOpen} onClose={() => onWhy(false)} />
    </header>
  );
}

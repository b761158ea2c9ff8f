// The score as it would be submitted now, and whether everything is on the server.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Inspection, Rubric } from '../../../api/schema';
import { placed, shortened } from '../../../shell/format';
import { WhyDrawer } from '../shared/WhyDrawer';
import type { SaveState } from './saver';
import { SaveSign } from './SaveSign';

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
      <SaveSign state={state} />
      <WhyDrawer inspection={inspection.key} open={whyOpen} onClose={() => onWhy(false)} />
    </header>
  );
}

// Where a draft stands, as a mark.
import { useTranslation } from 'react-i18next';

import { Mark, type Tone } from '../../../shell/Mark';

const tones: Partial<Record<string, Tone>> = { draft: 'plain', checked: 'info', consulted: 'warn', published: 'good', superseded: 'plain' };

export function DraftState({ state }: { state: string }) {
  const { t } = useTranslation('checks');
  return <Mark tone={tones[state] ?? 'plain'}>{t(`state_${state}`)}</Mark>;
}

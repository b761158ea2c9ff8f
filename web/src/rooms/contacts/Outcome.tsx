import { useTranslation } from 'react-i18next';

import { duration } from '../../shell/format';
import { Mark, type Tone } from '../../shell/Mark';

export const outcomes = ['answered', 'abandoned', 'timeout', 'exit_key', 'empty', 'no_answer', 'withdrawn', 'open'] as const;

const tones: Partial<Record<string, Tone>> = { answered: 'good', abandoned: 'bad', timeout: 'warn', no_answer: 'warn', open: 'info' };

export function Outcome({ outcome }: { outcome: string }) {
  const { t } = useTranslation('contacts');
  return <Mark tone={tones[outcome] ?? 'plain'}>{t(outcome as 'answered')}</Mark>;
}

export const milliseconds = (ms: number | null) => duration(ms === null ? null : ms / 1000);

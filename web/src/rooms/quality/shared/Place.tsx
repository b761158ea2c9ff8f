// Where a finding lies, in few words; leads there.
import { EnvironmentOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';

import type { FindingSpan, Turn } from '../../../api/schema';
import { clock } from '../../contacts/dialogue';
import { excerptOf } from './place';

interface Props {
  span: FindingSpan | null;
  turns: readonly Turn[];
  onGo?: ((span: FindingSpan) => void) | undefined;
}

const shown = 18; // characters of an excerpt

export function usePlaceWords(turns: readonly Turn[]): (span: FindingSpan | null) => string {
  const { t } = useTranslation('quality');
  return (span) => {
    if (span?.of === 'time') return `${clock(span.from)}–${clock(span.until)}`;
    if (span?.of !== 'text') return t('wholeRecord');
    const excerpt = Array.from(excerptOf(span, turns) ?? '');
    const words = excerpt.length > shown ? `${excerpt.slice(0, shown).join('')}…` : excerpt.join('');
    return t('inTurn', { turn: span.turn + 1, words });
  };
}

export function Place({ span, turns, onGo }: Props) {
  const { t } = useTranslation('quality');
  const words = usePlaceWords(turns)(span);
  if (!span || !onGo) return <span className="place quiet">{words}</span>;
  return (
    <button type="button" className="place cell-button" onClick={() => onGo(span)} aria-label={t('goToPlace', { place: words })}>
      <EnvironmentOutlined aria-hidden /> {words}
    </button>
  );
}

// One turn of a dialogue: who, when, and the words with what is marked on them.
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Turn } from '../../api/schema';
import { clock } from './dialogue';

interface Props {
  turn: Turn;
  number: number; // from 0
  isCurrent: boolean;
  isLooked: boolean; // something was looked for in it
  onSeek: ((ms: number) => void) | undefined;
  words: ((turn: number, text: string) => ReactNode) | undefined;
  onTurn: ((turn: number) => void) | undefined;
}

export const OneTurn = memo(function OneTurn({ turn, number, isCurrent, isLooked, onSeek, words, onTurn }: Props) {
  const { t } = useTranslation('contacts');
  const { role, text, start_ms: start } = turn;
  return (
    <li
      className={`turn turn-${role} ${isLooked ? 'turn-looked' : ''}`}
      aria-current={isCurrent ? 'true' : undefined}
      data-line={number}
      onClick={() => onTurn?.(number)}
    >
      <span className="turn-who">
        {t(role as 'agent')}
        {start !== null &&
          (onSeek ? (
            <button type="button" className="turn-time" aria-label={t('hearFrom', { time: clock(start) })} onClick={() => onSeek(start)}>
              {clock(start)}
            </button>
          ) : (
            <span className="turn-time">{clock(start)}</span>
          ))}
      </span>
      <span className="turn-text" data-turn={number}>
        {words ? words(number, text) : text}
      </span>
    </li>
  );
});

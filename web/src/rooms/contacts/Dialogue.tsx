// What was said, turn by turn: of a call as lines that follow the sound and lead to it, of a chat or mail as a
// conversation, the agent's side at the right.
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { Transcript } from '../../api/schema';
import { clock } from './dialogue';

interface Props {
  transcript: Pick<Transcript, 'channel' | 'turns'>;
  current: number; // the turn that is heard; −1: none
  onSeek?: ((ms: number) => void) | undefined; // left out where there is no sound
  words?: ((turn: number, text: string) => ReactNode) | undefined; // a turn's text with what is marked on it
  onTurn?: ((turn: number) => void) | undefined; // it was clicked
}

export function Dialogue({ transcript, current, onSeek, words, onTurn }: Props) {
  const { t } = useTranslation('contacts');
  const list = useRef<HTMLOListElement>(null);

  useEffect(() => {
    list.current?.children[current]?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  if (transcript.turns.length === 0) return <p className="quiet">{t('nothingSaid')}</p>;
  return (
    <ol ref={list} className={`dialogue ${transcript.channel === 'call' ? 'dialogue-call' : 'dialogue-chat'}`} tabIndex={0} aria-label={t('transcript')}>
      {transcript.turns.map((turn, index) => {
        const start = turn.start_ms;
        return (
          <li key={index} className={`turn turn-${turn.role}`} aria-current={index === current ? 'true' : undefined} onClick={() => onTurn?.(index)}>
            <span className="turn-who">
              {t(turn.role as 'agent')}
              {start !== null &&
                (onSeek ? (
                  <button type="button" className="turn-time" aria-label={t('hearFrom', { time: clock(start) })} onClick={() => onSeek(start)}>
                    {clock(start)}
                  </button>
                ) : (
                  <span className="turn-time">{clock(start)}</span>
                ))}
            </span>
            <span className="turn-text" data-turn={index}>
              {words ? words(index, turn.text) : turn.text}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

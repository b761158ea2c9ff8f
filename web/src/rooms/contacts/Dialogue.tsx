// What was said, turn by turn: of a call as lines that follow the sound and lead to it, of a chat or mail as a
// conversation, the agent's side at the right. Of very many turns those around the current one are drawn; scrolling to
// either end brings more.
import { InputNumber } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Transcript } from '../../api/schema';
import { earlier, later, shownMost, stretchAround } from './dialogue';
import { OneTurn } from './OneTurn';

export interface Looked {
  role: string; // agent, customer, or any of both
  first: number;
  last: number;
}

interface Props {
  transcript: Pick<Transcript, 'channel' | 'turns'>;
  first?: number; // the number of the first of these turns, where they are a page of more
  current: number; // the turn that is heard; −1: none
  onSeek?: ((ms: number) => void) | undefined; // left out where there is no sound
  words?: ((turn: number, text: string) => ReactNode) | undefined; // a turn's text with what is marked on it
  onTurn?: ((turn: number) => void) | undefined; // it was clicked
  looked?: Looked | undefined; // where something was looked for
}

const isLooked = (looked: Looked | undefined, turn: number, role: string) =>
  looked !== undefined && looked.first <= turn && turn <= looked.last && (role === looked.role || (looked.role === 'any' && role !== 'system'));

// The end of what is drawn: more is drawn as soon as it can be seen, or when it is pressed.
function More({ text, onMore }: { text: string; onMore: () => void }) {
  const place = useRef<HTMLLIElement>(null);
  const more = useRef(onMore);
  more.current = onMore;
  useEffect(() => {
    const seen = new IntersectionObserver((all) => all.some(({ isIntersecting }) => isIntersecting) && more.current());
    if (place.current) seen.observe(place.current);
    return () => seen.disconnect();
  }, [text]); // what is left changes with each step
  return (
    <li ref={place} className="turn-more">
      <button type="button" className="turn-time" onClick={onMore}>
        {text}
      </button>
    </li>
  );
}

export function Dialogue({ transcript, first = 0, current, onSeek, words, onTurn, looked }: Props) {
  const { t } = useTranslation('contacts');
  const list = useRef<HTMLOListElement>(null);
  const { turns, channel } = transcript;
  const [stretch, setStretch] = useState(() => stretchAround(current - first, turns.length));
  const [wanted, setWanted] = useState<number>(); // by its number, typed
  const target = wanted ?? (current < 0 ? -1 : current - first); // among these turns
  const toScroll = useRef<number>();

  // Scrolling away from a turn is no reason to go back to it: only another turn is.
  useEffect(() => {
    if (target < 0 || target >= turns.length) return;
    toScroll.current = target;
    setStretch((now) => (now.from <= target && target < now.until ? now : stretchAround(target, turns.length)));
  }, [target, turns.length]);
  useEffect(() => {
    const line = toScroll.current === undefined ? null : list.current?.querySelector(`[data-line="${first + toScroll.current}"]`);
    if (!line) return;
    line.scrollIntoView({ block: 'nearest' });
    toScroll.current = undefined;
  }, [target, stretch, first]);
  useEffect(() => setWanted(undefined), [current, first]);

  if (turns.length === 0) return <p className="quiet">{t('nothingSaid')}</p>;
  return (
    <>
      {turns.length > shownMost && (
        <label className="row quiet">
          {t('turnsShown', { from: first + stretch.from + 1, until: first + stretch.until, count: turns.length })}
          <InputNumber
            size="small"
            min={first + 1}
            max={first + turns.length}
            precision={0}
            placeholder={t('toTurn')}
            aria-label={t('toTurn')}
            onPressEnter={(event) => {
              const at = Number(event.currentTarget.value) - 1 - first;
              if (at >= 0 && at < turns.length) setWanted(at);
            }}
          />
        </label>
      )}
      <ol ref={list} className={`dialogue ${channel === 'call' ? 'dialogue-call' : 'dialogue-chat'}`} tabIndex={0} aria-label={t('transcript')}>
        {stretch.from > 0 && <More text={t('earlierTurns', { count: stretch.from })} onMore={() => setStretch(earlier)} />}
        {turns.slice(stretch.from, stretch.until).map((turn, at) => {
          const number = first + stretch.from + at;
          return (
            <OneTurn
              key={number}
              turn={turn}
              number={number}
              isCurrent={number - first === target}
              isLooked={isLooked(looked, number, turn.role)}
              onSeek={onSeek}
              words={words}
              onTurn={onTurn}
            />
          );
        })}
        {stretch.until < turns.length && (
          <More text={t('laterTurns', { count: turns.length - stretch.until })} onMore={() => setStretch((now) => later(now, turns.length))} />
        )}
      </ol>
    </>
  );
}

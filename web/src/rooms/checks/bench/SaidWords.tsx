// The words of a dialogue with places marked on them, and places that lie in the sound alone below.
import { useTranslation } from 'react-i18next';

import type { Turn } from '../../../api/schema';
import { clock } from '../../contacts/dialogue';
import { MarkedWords } from '../../contacts/MarkedWords';
import type { Place } from './data';

interface Props {
  turns: readonly Turn[];
  places: readonly Place[];
  title: string; // of a place
}

export function SaidWords({ turns, places, title }: Props) {
  const { t } = useTranslation('contacts');
  const numbered = places.map((place, at) => ({ ...place, number: at + 1 }));
  const inSound = numbered.filter(({ from }) => from === null);
  return (
    <>
      <ol className="said-words">
        {turns.map((turn, at) => (
          <li key={at} className={numbered.some((place) => place.turn === at) ? 'said-here' : undefined}>
            <span className="quiet">
              {at + 1} {t(turn.role as 'agent')}
            </span>
            <span>
              <MarkedWords
                text={turn.text}
                marks={numbered.flatMap(({ turn: on, from, to, number }) =>
                  on === at && from !== null && to !== null ? [{ number, from, until: to, title, gravity: 'warn' as const }] : [],
                )}
              />
            </span>
          </li>
        ))}
      </ol>
      {inSound.map(({ number, start_ms, end_ms, turn }) => (
        <p key={number} className="quiet">
          {number}. {start_ms !== null ? `${clock(start_ms)}–${clock(end_ms ?? start_ms)}` : turn !== null ? t('turnAt', { turn: turn + 1 }) : t('wholeContact')}
        </p>
      ))}
    </>
  );
}

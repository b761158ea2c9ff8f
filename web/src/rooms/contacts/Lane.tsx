// A strip below the waveforms: what lies where in the sound, each part a button that plays from its beginning. The strip
// is one stop of the keyboard; the arrows go from part to part.
import { type KeyboardEvent, useMemo, useState } from 'react';

import { signs } from '../../shell/Mark';
import { clock } from './dialogue';
import { type Band, merged, rowsOf } from './lanes';

interface Props {
  name: string;
  bands: readonly Band[];
  length: number; // of the sound, in milliseconds
  chosen?: string | undefined; // a band's key
  onSeek: (ms: number) => void;
}

const leastShare = 0.006; // what is shorter can still be hit
const pinShare = 0.045; // a pin with its number
const gapShare = 0.001; // a gap that cannot be seen
const rowsMost = 4;
const modelSign = '◌';
const rowHeight = 16; // pixels

const lookOf = ({ tone, whose, pin }: Band) =>
  ['band', tone && `band-${tone}`, tone && whose && `band-${tone}-${whose}`, pin && `band-${pin.gravity}`, pin?.isModel && 'band-model'].filter(Boolean).join(' ');

export function Lane({ name, bands, length, chosen, onSeek }: Props) {
  const shown = useMemo(() => (bands.some(({ pin, tone }) => pin ?? tone === 'draft') ? bands : merged(bands, length * gapShare)), [bands, length]);
  const rows = useMemo(() => rowsOf(shown, shown.some(({ pin }) => pin) ? length * pinShare : 0, rowsMost), [shown, length]);
  const [stop, setStop] = useState(0);
  const isPinned = shown.some(({ pin }) => pin);
  // Hundreds of stretches of speech are no stops for the keyboard; the transcript has them in words.
  const isHidden = shown.every(({ tone }) => tone === 'speech');
  const height = isPinned ? rowHeight * (Math.max(0, ...rows) + 1) : undefined;
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = event.currentTarget.querySelectorAll('button')[stop + by];
    if (by === 0 || !next) return;
    event.preventDefault();
    setStop(stop + by);
    next.focus();
  };
  return (
    <div className="player-leg player-lane">
      <span className="quiet" title={name}>
        {name}
      </span>
      <div role="group" aria-label={name} aria-hidden={isHidden} style={{ height }} onKeyDown={onKeyDown}>
        {length > 0 &&
          shown.map((band, at) => {
            const title = `${clock(band.from)}–${clock(band.until)} ${band.title}`;
            return (
              <button
                key={band.key}
                type="button"
                className={lookOf(band)}
                tabIndex={!isHidden && at === Math.min(stop, shown.length - 1) ? 0 : -1}
                style={{
                  left: `${(100 * band.from) / length}%`,
                  width: `${100 * Math.max(leastShare, (band.until - band.from) / length)}%`,
                  top: isPinned ? rowHeight * (rows[at] ?? 0) : undefined,
                }}
                title={title}
                aria-label={title}
                aria-current={chosen === band.key ? 'true' : undefined}
                onFocus={() => setStop(at)}
                onClick={() => {
                  onSeek(band.from);
                  band.onPick?.();
                }}
              >
                {band.pin && (
                  <span aria-hidden>
                    {band.pin.isModel ? modelSign : signs[band.pin.gravity]}
                    {band.pin.number}
                  </span>
                )}
              </button>
            );
          })}
      </div>
    </div>
  );
}

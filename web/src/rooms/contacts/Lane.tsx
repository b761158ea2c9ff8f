// A strip below the waveforms: what lies where in the sound, each part a button that plays from its beginning.
import { type Gravity, signs } from '../../shell/Mark';
import { clock } from './dialogue';

export interface Band {
  key: string;
  from: number; // milliseconds
  until: number;
  title: string;
  tone?: 'draft' | 'speech' | 'silence' | 'overlap' | 'hit'; // draft: being made
  gravity?: Gravity; // of a hit: its colour and its sign
  onPick?: () => void; // besides being played
}

interface Props {
  name: string;
  bands: readonly Band[];
  length: number; // of the sound, in milliseconds
  onSeek: (ms: number) => void;
}

// Hundreds of stretches of speech are no stops for the keyboard; the transcript has them in words.
const outOfTheWay = { tabIndex: -1, 'aria-hidden': true };
const leastShare = 0.6; // per cent: what is shorter can still be hit

export function Lane({ name, bands, length, onSeek }: Props) {
  const look = ({ tone, gravity }: Band) => ['band', tone && `band-${tone}`, gravity && `band-${gravity}`].filter(Boolean).join(' ');
  const place = ({ from, until }: Band) => ({
    left: `${(100 * from) / length}%`,
    width: `${Math.max(leastShare, (100 * (until - from)) / length)}%`,
  });
  return (
    <div className="player-leg player-lane">
      <span className="quiet">{name}</span>
      <div>
        {length > 0 &&
          bands.map((band) => (
            <button
              key={band.key}
              type="button"
              className={look(band)}
              {...(band.tone === 'speech' ? outOfTheWay : {})}
              style={place(band)}
              title={`${clock(band.from)}–${clock(band.until)} ${band.title}`}
              aria-label={`${clock(band.from)}–${clock(band.until)} ${band.title}`}
              onClick={() => {
                onSeek(band.from);
                band.onPick?.();
              }}
            >
              {band.gravity && <span aria-hidden>{signs[band.gravity]}</span>}
            </button>
          ))}
      </div>
    </div>
  );
}

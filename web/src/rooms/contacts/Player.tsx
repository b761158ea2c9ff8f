// The sound of a contact: a waveform per leg, as long as it lasts, all heard together; below them what lies where, and
// through all of them a line for each pin.
import { CaretRightOutlined, PauseOutlined } from '@ant-design/icons';
import { Alert, Button, Select } from 'antd';
import { Fragment, type Ref, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Waveform } from '../../api/schema';
import { useDarkness } from '../../shell/darkness';
import { clock } from './dialogue';
import { Lane } from './Lane';
import type { LaneOf } from './lanes';
import { secondsOf } from './record';
import { useSpanDrag } from './useSpanDrag';
import { useSurfers } from './useSurfers';

export interface Track {
  leg: string; // customer, agent, or both in one file
  url: string;
  waveform: Waveform | null; // null: drawn from the sound, once all of it is loaded
}

export interface Controls {
  toggle: () => void;
  seek: (ms: number) => void;
  now: () => number;
}

interface Props {
  tracks: readonly Track[];
  onTime: (ms: number) => void;
  controls: Ref<Controls>;
  lanes?: readonly LaneOf[] | undefined; // what lies where, below the waveforms
  chosen?: string | undefined; // the band that is looked at
  onSpan?: ((from: number, until: number, done: boolean) => void) | undefined; // dragged with Shift held
}

const speeds = [0.75, 1, 1.25, 1.5, 2];

// The part of the width that a leg takes: one that breaks off is as short as it is.
function shareOf({ waveform }: Track, tracks: readonly Track[]): number {
  const longest = Math.max(0, ...tracks.map((track) => (track.waveform ? secondsOf(track.waveform) : 0)));
  return waveform && longest > 0 ? secondsOf(waveform) / longest : 1;
}

function PinLines({ lanes, length, chosen }: { lanes: readonly LaneOf[]; length: number; chosen: string | undefined }) {
  if (length <= 0) return null;
  return (
    <div className="pin-lines" aria-hidden>
      {lanes.flatMap(({ bands }) =>
        bands.flatMap(({ key, from, pin }) =>
          pin ? [<span key={key} className={`pin-line pin-${pin.isModel ? 'model' : pin.gravity} ${key === chosen ? 'pin-chosen' : ''}`} style={{ left: `${(100 * from) / length}%` }} />] : [],
        ),
      )}
    </div>
  );
}

export default function Player({ tracks, onTime, controls, lanes = [], chosen, onSpan }: Props) {
  const { t } = useTranslation('contacts');
  const { dark } = useDarkness();
  const places = useRef<(HTMLElement | null)[]>([]);
  const [speed, setSpeed] = useState(1);
  const sound = useSurfers(tracks, places, dark, onTime);
  const { at, length, playing, canPlay, isLoading, failed, seek, toggle } = sound;
  useImperativeHandle(controls, () => ({ toggle, seek, now: sound.now }));

  const nameOf = (leg: string) => t(leg === 'both' ? 'bothLegs' : (leg as 'customer'));
  const isApart = (lane: LaneOf) => tracks.some(({ leg }) => leg === lane.leg);
  const drag = useSpanDrag(length, onSpan);
  const show = (lane: LaneOf) => <Lane key={lane.name} {...lane} length={length} chosen={chosen} onSeek={seek} />;
  return (
    <div className="player">
      <div className="player-stage">
        {tracks.map((track, index) => (
          <Fragment key={track.url}>
            <div className="player-leg">
              <span className="quiet">{nameOf(track.leg)}</span>
              <div {...drag} aria-hidden>
                <div
                  style={{ width: `${100 * shareOf(track, tracks)}%` }}
                  ref={(place) => {
                    places.current[index] = place;
                  }}
                />
              </div>
            </div>
            {lanes.filter(({ leg }) => leg === track.leg).map((lane) => show({ ...lane, name: t('lane_speechBelow') }))}
          </Fragment>
        ))}
        {lanes.filter((lane) => !isApart(lane)).map(show)}
        <PinLines lanes={lanes} length={length} chosen={chosen} />
      </div>
      {failed.length > 0 && <Alert type="warning" showIcon message={t('cannotPlay', { who: failed.map(nameOf).join(t('lookedJoin')) })} />}
      <div className="player-bar">
        <Button type="primary" icon={playing ? <PauseOutlined /> : <CaretRightOutlined />} disabled={!canPlay} loading={isLoading} onClick={toggle}>
          {t(playing ? 'pause' : 'play')}
        </Button>
        <span role="timer" aria-live="off">
          {clock(at)} / {clock(length)}
        </span>
        <Select
          size="small"
          aria-label={t('speed')}
          value={speed}
          options={speeds.map((value) => ({ value, label: `${value}×` }))}
          onChange={(value: number) => {
            setSpeed(value);
            sound.setSpeed(value);
          }}
        />
        <span className="quiet">{t('playerKeys')}</span>
      </div>
    </div>
  );
}

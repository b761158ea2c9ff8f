// The sound of a contact: a waveform per leg, all heard together. The slowest to load decides when it can be heard; a leg
// that runs away from the first is put back.
import { CaretRightOutlined, PauseOutlined } from '@ant-design/icons';
import { Alert, Button, Select } from 'antd';
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import WaveSurfer from 'wavesurfer.js';

import type { Waveform } from '../../api/schema';
import { useDarkness } from '../../shell/darkness';
import { clock } from './dialogue';
import { type Band, Lane } from './Lane';
import { heightsOf, secondsOf } from './record';
import { useSpanDrag } from './useSpanDrag';

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

export interface LaneOf {
  name: string;
  bands: readonly Band[];
}

interface Props {
  tracks: readonly Track[];
  onTime: (ms: number) => void;
  controls: Ref<Controls>;
  lanes?: readonly LaneOf[] | undefined; // what lies where, below the waveforms
  onSpan?: ((from: number, until: number, done: boolean) => void) | undefined; // dragged with Shift held
}

const apart = 0.15; // seconds that legs may differ while they play
const speeds = [0.75, 1, 1.25, 1.5, 2];
const height = 56;

function coloursOf(leg: string, dark: boolean) {
  const customer = dark ? { waveColor: '#7a6a3a', progressColor: '#e0b35c' } : { waveColor: '#e3cfa0', progressColor: '#8a5a00' };
  const agent = dark ? { waveColor: '#2f5f5c', progressColor: '#63c6bf' } : { waveColor: '#a8cfcb', progressColor: '#0f6b66' };
  return { customer, agent, own: leg === 'customer' ? customer : agent };
}

export default function Player({ tracks, onTime, controls, lanes = [], onSpan }: Props) {
  const { t } = useTranslation('contacts');
  const { dark } = useDarkness();
  const places = useRef<(HTMLDivElement | null)[]>([]);
  const surfers = useRef<WaveSurfer[]>([]);
  const [ready, setReady] = useState(0);
  const [failed, setFailed] = useState<string[]>([]);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [speed, setSpeed] = useState(1);

  useEffect(() => {
    setReady(0);
    setFailed([]);
    setPlaying(false);
    const made = tracks.map((track, index) => {
      const { customer, agent, own } = coloursOf(track.leg, dark);
      return WaveSurfer.create({
        container: places.current[index] ?? document.createElement('div'),
        url: track.url,
        ...(track.waveform ? { peaks: heightsOf(track.waveform), duration: secondsOf(track.waveform) } : {}),
        height,
        ...own,
        ...(track.leg === 'both' ? { splitChannels: [{ ...customer, height: height / 2 }, { ...agent, height: height / 2 }] } : {}),
        cursorColor: dark ? '#e3e9e7' : '#1c2523',
        normalize: true,
        dragToSeek: true,
      });
    });
    surfers.current = made;
    const seekAll = (seconds: number) => made.forEach((surfer) => surfer.setTime(seconds));
    made.forEach((surfer, index) => {
      surfer.on('ready', () => setReady((count) => count + 1));
      surfer.on('error', () => setFailed((legs) => [...legs, tracks[index]?.leg ?? '']));
      surfer.on('interaction', seekAll);
      surfer.on('timeupdate', (seconds) => {
        if (index !== 0) return;
        setAt(seconds * 1000);
        onTime(seconds * 1000);
        made.forEach((other) => {
          if (other.isPlaying() && Math.abs(other.getCurrentTime() - seconds) > apart) other.setTime(seconds);
        });
      });
      surfer.on('finish', () => setPlaying(made.some((other) => other.isPlaying())));
    });
    return () => made.forEach((surfer) => surfer.destroy());
  }, [tracks, dark, onTime]);

  const canPlay = tracks.length > 0 && ready === tracks.length;
  const toggle = () => {
    if (!canPlay) return;
    const next = !playing;
    setPlaying(next);
    surfers.current.forEach((surfer) => (next ? void surfer.play() : surfer.pause()));
  };
  const seek = (ms: number) => surfers.current.forEach((surfer) => surfer.setTime(Math.max(0, ms / 1000)));
  useImperativeHandle(controls, () => ({ toggle, seek, now: () => (surfers.current[0]?.getCurrentTime() ?? 0) * 1000 }));

  const length = Math.max(0, ...surfers.current.map((surfer) => surfer.getDuration())) * 1000;
  const drag = useSpanDrag(length, onSpan);
  return (
    <div className="player">
      {tracks.map((track, index) => (
        <div key={track.url} className="player-leg">
          <span className="quiet">{t(track.leg === 'both' ? 'bothLegs' : (track.leg as 'customer'))}</span>
          <div
            ref={(place) => {
              places.current[index] = place;
            }}
            aria-hidden
            {...drag}
          />
        </div>
      ))}
      {lanes.map((lane) => (
        <Lane key={lane.name} {...lane} length={length} onSeek={seek} />
      ))}
      {failed.length > 0 && <Alert type="warning" showIcon message={t('cannotPlay')} />}
      <div className="player-bar">
        <Button
          type="primary"
          icon={playing ? <PauseOutlined /> : <CaretRightOutlined />}
          disabled={!canPlay}
          loading={!canPlay && failed.length === 0}
          onClick={toggle}
        >
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
            surfers.current.forEach((surfer) => surfer.setPlaybackRate(value, true));
          }}
        />
        <span className="quiet">{t('playerKeys')}</span>
      </div>
    </div>
  );
}

// The sound of several legs as one: they begin and stop together, the longest leads, and one that runs away is put back.
// A leg that cannot be played leaves the others to be heard.
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import WaveSurfer from 'wavesurfer.js';

import type { Track } from './Player';
import { heightsOf, secondsOf } from './record';

const apart = 0.15; // seconds that legs may differ while they play
const height = 56;

function coloursOf(leg: string, dark: boolean) {
  const customer = dark ? { waveColor: '#7a6a3a', progressColor: '#e0b35c' } : { waveColor: '#e3cfa0', progressColor: '#8a5a00' };
  const agent = dark ? { waveColor: '#2f5f5c', progressColor: '#63c6bf' } : { waveColor: '#a8cfcb', progressColor: '#0f6b66' };
  return { customer, agent, own: leg === 'customer' ? customer : agent };
}

function surferOf(track: Track, container: HTMLElement, dark: boolean) {
  const { customer, agent, own } = coloursOf(track.leg, dark);
  return WaveSurfer.create({
    container,
    url: track.url,
    ...(track.waveform ? { peaks: heightsOf(track.waveform), duration: secondsOf(track.waveform) } : {}),
    height,
    ...own,
    ...(track.leg === 'both' ? { splitChannels: [{ ...customer, height: height / 2 }, { ...agent, height: height / 2 }] } : {}),
    cursorColor: dark ? '#e3e9e7' : '#1c2523',
    normalize: true,
    dragToSeek: true,
  });
}

const longestOf = (surfers: readonly WaveSurfer[]) =>
  surfers.reduce<WaveSurfer | undefined>((best, one) => (best && best.getDuration() >= one.getDuration() ? best : one), undefined);

// Where each leg stands at that moment; one that has ended by then stays silent.
function goTo(surfers: readonly WaveSurfer[], seconds: number, plays: boolean) {
  for (const surfer of surfers) {
    const isOver = seconds >= surfer.getDuration() - 0.01;
    surfer.setTime(Math.min(seconds, surfer.getDuration()));
    if (isOver || !plays) surfer.pause();
    else if (!surfer.isPlaying()) void surfer.play().catch(() => undefined);
  }
}

interface State {
  durations: readonly (number | undefined)[]; // seconds; of those that are ready
  failed: readonly number[]; // tracks
}
const nothing: State = { durations: [], failed: [] };

export function useSurfers(tracks: readonly Track[], places: RefObject<(HTMLElement | null)[]>, dark: boolean, onTime: (ms: number) => void) {
  const surfers = useRef<WaveSurfer[]>([]);
  const bad = useRef(new Set<number>());
  const [state, setState] = useState(nothing);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const heard = useCallback(() => surfers.current.filter((_, index) => !bad.current.has(index)), []);

  useEffect(() => {
    setState(nothing);
    setPlaying(false);
    bad.current = new Set();
    const made = tracks.map((track, index) => surferOf(track, places.current?.[index] ?? document.createElement('div'), dark));
    surfers.current = made;
    const tell = () =>
      setState(({ durations }) => ({ durations: made.map((one, index) => durations[index] ?? (one.getDuration() || undefined)), failed: [...bad.current] }));
    made.forEach((surfer, index) => {
      surfer.on('ready', tell);
      surfer.on('error', () => {
        bad.current.add(index);
        tell();
      });
      surfer.on('interaction', (seconds) => goTo(heard(), seconds, made.some((one) => one.isPlaying())));
      surfer.on('timeupdate', (seconds) => {
        const all = heard();
        if (surfer !== longestOf(all)) return;
        setAt(seconds * 1000);
        onTime(seconds * 1000);
        for (const other of all) {
          if (other.isPlaying() && Math.abs(other.getCurrentTime() - seconds) > apart) other.setTime(seconds);
        }
      });
      surfer.on('finish', () => setPlaying(made.some((other) => other.isPlaying())));
    });
    return () => made.forEach((surfer) => surfer.destroy());
  }, [tracks, places, dark, onTime, heard]);

  const now = useCallback(() => longestOf(heard())?.getCurrentTime() ?? 0, [heard]);
  const known = tracks.every((_, index) => state.failed.includes(index) || state.durations[index] !== undefined);
  const canPlay = known && state.failed.length < tracks.length;
  const length = Math.max(0, ...state.durations.map((seconds) => seconds ?? 0)) * 1000;
  return {
    at,
    length,
    playing,
    canPlay,
    isLoading: !known,
    failed: useMemo(() => state.failed.map((index) => tracks[index]?.leg ?? ''), [state.failed, tracks]),
    now: () => now() * 1000,
    seek: (ms: number) => goTo(heard(), Math.max(0, ms / 1000), playing),
    toggle: () => {
      if (!canPlay) return;
      const from = now() >= length / 1000 - 0.01 ? 0 : now();
      goTo(heard(), from, !playing);
      setPlaying(!playing);
    },
    setSpeed: (rate: number) => surfers.current.forEach((surfer) => surfer.setPlaybackRate(rate, true)),
  };
}

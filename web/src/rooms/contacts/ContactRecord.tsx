// The record of a contact: its sound and what was said, each leading to the other. Space plays, left and right move five
// seconds, up and down a turn. Who works on a record gives what lies on it (lanes, words) and drives it by `controls`.
import { Alert, Button, Skeleton } from 'antd';
import { type KeyboardEvent, lazy, type ReactNode, type Ref, Suspense, useCallback, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Acoustics, Recording } from '../../api/schema';
import { duration, wallClock } from '../../shell/format';
import { Trouble } from '../../shell/Nothing';
import { lanesOf, type SoundLane, useAcoustics } from './acoustics';
import { stepFrom, timelineOf, turnAt } from './dialogue';
import { Dialogue, type Looked } from './Dialogue';
import type { LaneOf } from './lanes';
import type { Controls } from './Player';
import { pageOfTurns, soundOf, useRecordings, useTranscript, useTranscription, useWaveforms } from './record';
import { SoundFacts } from './SoundFacts';
import { Troubles } from './Troubles';
import './record.css';

const Player = lazy(() => import('./Player'));

const jump = 5000; // milliseconds

export interface RecordControls {
  toggle: () => void;
  skip: (ms: number) => void;
  seek: (ms: number) => void;
  step: (turns: number) => void;
  goTo: (turn: number) => void;
  now: () => number | undefined; // milliseconds; none without sound
  turn: () => number; // the one that is heard or stood on; −1: none
}

interface Props {
  id: string;
  channel: string;
  controls?: Ref<RecordControls>;
  lanes?: readonly LaneOf[];
  onSpan?: (from: number, until: number, done: boolean) => void;
  words?: (turn: number, text: string) => ReactNode;
  chosen?: string | undefined; // the band that is looked at
  looked?: Looked | undefined; // where in the transcript something was looked for
  beside?: ReactNode; // the transcript
}

// What can be heard, and whether it is known what to draw of it. Both legs apart are better than both in one.
function useTracks(id: string, recordings: readonly Recording[] | undefined) {
  const legs = useMemo(() => {
    const there = (recordings ?? []).filter((recording) => recording.removed_at === null);
    const apart = there.filter((recording) => recording.leg !== 'both');
    return (apart.length > 0 ? apart : there).map((recording) => recording.leg);
  }, [recordings]);
  const waveforms = useWaveforms(id, legs);
  const tracks = useMemo(() => legs.map((leg, index) => ({ leg, url: soundOf(id, leg), waveform: waveforms[index] ?? null })), [legs, id, waveforms]);
  return { tracks, drawn: waveforms.every((waveform) => waveform !== undefined) };
}

// What was measured in the sound, and below it what whoever works on the record lays there.
function useAllLanes(acoustics: Acoustics | null | undefined, given: readonly LaneOf[] | undefined): LaneOf[] {
  const { t } = useTranslation('contacts');
  return useMemo(() => {
    const title = (kind: SoundLane['kind'], who: string | null, ms: number) =>
      t(kind === 'silence' && who !== null ? 'band_silenceOf' : `band_${kind}`, { who: who === null ? '' : t(who), length: duration(ms / 1000) });
    const measured = acoustics ? lanesOf(acoustics, title) : [];
    const named = measured.map(({ kind, whose, bands }) => ({
      name: t(`lane_${kind}`, { who: whose === null ? '' : t(whose) }),
      bands,
      ...(whose === null ? {} : { leg: whose }),
    }));
    return [...named, ...(given ?? [])];
  }, [acoustics, given, t]);
}

// Keys that belong to what has the focus are left to it.
const isTaken = (event: KeyboardEvent) =>
  event.altKey ||
  event.ctrlKey ||
  event.metaKey ||
  (event.target instanceof HTMLElement && event.target.closest('button, input, textarea, [role="combobox"]') !== null);

export function keyAction(key: string, record: RecordControls): (() => void) | undefined {
  const actions: { [key: string]: (() => void) | undefined } = {
    ' ': record.toggle,
    ArrowLeft: () => record.skip(-jump),
    ArrowRight: () => record.skip(jump),
    ArrowUp: () => record.step(-1),
    ArrowDown: () => record.step(1),
  };
  return actions[key];
}

const transcriptionWords: Record<string, string> = {
  waiting: 'transcriptionWaiting',
  done: 'transcriptionDone',
  given_up: 'transcriptionGivenUp',
};

// Also why there is none, where speech recognition knows.
function NoTranscript({ id, mayCome }: { id: string; mayCome: boolean }) {
  const { t } = useTranslation('contacts');
  const transcription = useTranscription(id, mayCome).data;
  return (
    <>
      <p className="quiet">{t('noTranscript')}</p>
      {transcription && (
        <p className="quiet">
          {t(transcriptionWords[transcription.state] ?? 'transcriptionWaiting', {
            due: transcription.due ? wallClock(transcription.due) : '',
            provider: transcription.provider,
          })}{' '}
          {transcription.message}
        </p>
      )}
    </>
  );
}

export function ContactRecord({ id, channel, controls, lanes, onSpan, words, chosen, looked, beside }: Props) {
  const { t } = useTranslation('contacts');
  const [page, setPage] = useState(0); // the turn that it begins with
  const transcript = useTranscript(id, true, page);
  const recordings = useRecordings(id);
  const player = useRef<Controls>(null);
  const [turn, setTurn] = useState(-1);
  const { tracks, drawn } = useTracks(id, recordings.data);
  const removed = (recordings.data ?? []).find((recording) => recording.removed_at !== null)?.removed_at;
  const acoustics = useAcoustics(id, tracks.length > 0);
  const allLanes = useAllLanes(acoustics.data, lanes);
  const turns = useMemo(() => transcript.data?.turns ?? [], [transcript.data]);
  const line = useMemo(() => timelineOf(turns), [turns]);
  const first = transcript.data?.first ?? 0;
  const total = transcript.data?.turn_count ?? 0;
  const onTime = useCallback(
    (ms: number) => {
      const heard = turnAt(line, ms);
      setTurn(heard < 0 ? -1 : first + heard);
    },
    [line, first],
  );

  const follows = tracks.length > 0 && line.starts.length > 0;
  const seek = useCallback((ms: number) => player.current?.seek(ms), []);
  const goTo = (target: number) => {
    const start = turns[target - first]?.start_ms ?? undefined;
    if (follows && start !== undefined) seek(start);
    const wanted = Math.max(-1, Math.min(target, total - 1));
    setTurn(wanted);
    if (wanted >= 0) setPage(wanted - (wanted % pageOfTurns));
  };
  const step = (by: number) => {
    if (!follows) goTo(Math.max(0, turn + by));
    else seek(stepFrom(line, player.current?.now() ?? 0, by) ?? (by < 0 ? 0 : (player.current?.now() ?? 0)));
  };
  const record: RecordControls = {
    toggle: () => player.current?.toggle(),
    skip: (ms) => seek((player.current?.now() ?? 0) + ms),
    seek,
    step,
    goTo,
    now: () => player.current?.now(),
    turn: () => turn,
  };
  useImperativeHandle(controls, () => record);

  const onKeyDown = (event: KeyboardEvent) => {
    const act = isTaken(event) ? undefined : keyAction(event.key, record);
    if (!act) return;
    event.preventDefault();
    act();
  };

  if (transcript.isPending || recordings.isPending) return <Skeleton active paragraph={{ rows: 3 }} />;
  if (transcript.isError) return <Trouble problem={transcript.error} onRetry={transcript.refetch} />;
  if (recordings.isError) return <Trouble problem={recordings.error} onRetry={recordings.refetch} />;
  return (
    <section className="stack record" aria-label={t('record')} onKeyDown={onKeyDown}>
      <Troubles id={id} />
      {removed && <Alert type="info" showIcon message={t('removedAt', { at: wallClock(removed) })} />}
      {tracks.length > 0 && (
        <Suspense fallback={<Skeleton active paragraph={{ rows: 2 }} />}>
          {drawn ? (
            <Player tracks={tracks} onTime={onTime} controls={player} lanes={allLanes} chosen={chosen} onSpan={onSpan} />
          ) : (
            <Skeleton active paragraph={{ rows: 2 }} />
          )}
        </Suspense>
      )}
      {acoustics.data && <SoundFacts acoustics={acoustics.data} />}
      {acoustics.data === null && <p className="quiet">{t('notMeasured')}</p>}
      {tracks.length === 0 && !removed && channel === 'call' && <p className="quiet">{t('noRecording')}</p>}
      <div className={beside ? 'said said-beside' : 'said'}>
        <div className="said-turns">
          {transcript.data ? (
            <Dialogue
              transcript={transcript.data}
              first={first}
              current={turn}
              onSeek={tracks.length > 0 ? seek : undefined}
              words={words}
              onTurn={follows ? undefined : setTurn}
              looked={looked}
            />
          ) : (
            <NoTranscript id={id} mayCome={tracks.length > 0} />
          )}
          {total > turns.length && (
            <div className="row">
              <Button size="small" disabled={first === 0} onClick={() => setPage(first - pageOfTurns)}>
                {t('pageBefore')}
              </Button>
              <Button size="small" disabled={first + turns.length >= total} onClick={() => setPage(first + pageOfTurns)}>
                {t('pageAfter')}
              </Button>
              <span className="quiet">{t('turnsShown', { from: first + 1, until: first + turns.length, count: total })}</span>
            </div>
          )}
        </div>
        {beside}
      </div>
    </section>
  );
}

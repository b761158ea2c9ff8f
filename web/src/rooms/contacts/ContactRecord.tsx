// The record of a contact: its sound and what was said, each leading to the other. Space plays, left and right move five
// seconds, up and down a turn.
import { Alert, Skeleton } from 'antd';
import { type KeyboardEvent, lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { wallClock } from '../../shell/format';
import { Trouble } from '../../shell/Nothing';
import { stepFrom, turnAt } from './dialogue';
import { Dialogue } from './Dialogue';
import type { Controls } from './Player';
import { soundOf, useRecordings, useTranscript } from './record';
import './record.css';

const Player = lazy(() => import('./Player'));

const jump = 5000; // milliseconds

// Keys that belong to what has the focus are left to it.
const isTaken = (event: KeyboardEvent) =>
  event.altKey || event.ctrlKey || event.metaKey || (event.target instanceof HTMLElement && event.target.closest('button, input, [role="combobox"]') !== null);

export function ContactRecord({ id, channel }: { id: string; channel: string }) {
  const { t } = useTranslation('contacts');
  const transcript = useTranscript(id);
  const recordings = useRecordings(id);
  const controls = useRef<Controls>(null);
  const [at, setAt] = useState(-1);
  const onTime = useCallback((ms: number) => setAt(ms), []);

  const there = useMemo(() => (recordings.data ?? []).filter((recording) => recording.removed_at === null), [recordings.data]);
  // Both legs apart are better than both in one.
  const tracks = useMemo(() => {
    const apart = there.filter((recording) => recording.leg !== 'both');
    return (apart.length > 0 ? apart : there).map((recording) => ({ leg: recording.leg, url: soundOf(id, recording.leg) }));
  }, [there, id]);
  const removed = (recordings.data ?? []).find((recording) => recording.removed_at !== null)?.removed_at;
  const turns = transcript.data?.turns ?? [];

  const onKeyDown = (event: KeyboardEvent) => {
    const player = controls.current;
    if (player === null || isTaken(event)) return;
    const move: { [key: string]: (() => void) | undefined } = {
      ' ': player.toggle,
      ArrowLeft: () => player.seek(player.now() - jump),
      ArrowRight: () => player.seek(player.now() + jump),
      ArrowUp: () => player.seek(stepFrom(turns, player.now(), -1) ?? 0),
      ArrowDown: () => player.seek(stepFrom(turns, player.now(), 1) ?? player.now()),
    };
    const act = move[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  if (transcript.isPending || recordings.isPending) return <Skeleton active paragraph={{ rows: 3 }} />;
  if (transcript.isError) return <Trouble problem={transcript.error} onRetry={transcript.refetch} />;
  if (recordings.isError) return <Trouble problem={recordings.error} onRetry={recordings.refetch} />;
  return (
    <section className="stack record" aria-label={t('record')} onKeyDown={onKeyDown}>
      {removed && <Alert type="info" showIcon message={t('removedAt', { at: wallClock(removed) })} />}
      {tracks.length > 0 && (
        <Suspense fallback={<Skeleton active paragraph={{ rows: 2 }} />}>
          <Player tracks={tracks} onTime={onTime} controls={controls} />
        </Suspense>
      )}
      {tracks.length === 0 && !removed && channel === 'call' && <p className="quiet">{t('noRecording')}</p>}
      {transcript.data ? (
        <Dialogue
          transcript={transcript.data}
          current={tracks.length > 0 ? turnAt(turns, at) : -1}
          onSeek={tracks.length > 0 ? (ms) => controls.current?.seek(ms) : undefined}
        />
      ) : (
        <p className="quiet">{t('noTranscript')}</p>
      )}
    </section>
  );
}

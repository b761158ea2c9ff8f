// A record of the library: its sound, where there is one, and what was said, each leading to the other.
import { Skeleton } from 'antd';
import { type KeyboardEvent, lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { LibraryEntry, LibrarySilence } from '../../../api/schema';
import { Dialogue } from '../../contacts/Dialogue';
import { stepFrom, timelineOf, turnAt } from '../../contacts/dialogue';
import type { Controls } from '../../contacts/Player';
import { soundOf } from './data';
import '../../contacts/record.css';

const Player = lazy(() => import('../../contacts/Player'));

const jump = 5000; // milliseconds

interface Props {
  entry: LibraryEntry;
  original: boolean; // as it was said, so that what must be hidden can be found
  silences: readonly LibrarySilence[]; // of a draft: what will not be heard
}

export function Heard({ entry: { entry, turns }, original, silences }: Props) {
  const { t } = useTranslation('library');
  const player = useRef<Controls>(null);
  const [turn, setTurn] = useState(-1);
  const said = useMemo(() => turns.map((one) => ({ ...one, text: original ? (one.original ?? one.text) : one.text })), [turns, original]);
  const tracks = useMemo(() => [{ leg: 'both', url: soundOf(entry.number), waveform: null }], [entry.number]);
  const lanes = useMemo(
    () =>
      silences.length === 0
        ? []
        : [
            {
              name: t('silenced'),
              bands: silences.map(({ start_ms, end_ms }, at) => ({ key: String(at), from: start_ms, until: end_ms, title: t('silenced'), tone: 'silence' as const })),
            },
          ],
    [silences, t],
  );
  const line = useMemo(() => timelineOf(said), [said]);
  const onTime = useCallback((ms: number) => setTurn(turnAt(line, ms)), [line]);
  const now = () => player.current?.now() ?? 0;
  const seek = (ms: number) => player.current?.seek(ms);
  const keys: { [key: string]: (() => void) | undefined } = {
    ' ': () => player.current?.toggle(),
    ArrowLeft: () => seek(now() - jump),
    ArrowRight: () => seek(now() + jump),
    ArrowUp: () => seek(stepFrom(line, now(), -1) ?? 0),
    ArrowDown: () => seek(stepFrom(line, now(), 1) ?? now()),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = event.target instanceof HTMLElement && event.target.closest('button, input, textarea') ? undefined : keys[event.key];
    if (!entry.sound || !act) return;
    event.preventDefault();
    act();
  };
  return (
    <section className="stack record" aria-label={t('said')} onKeyDown={onKeyDown}>
      {entry.sound && (
        <Suspense fallback={<Skeleton active paragraph={{ rows: 2 }} />}>
          <Player tracks={tracks} onTime={onTime} controls={player} lanes={lanes} />
        </Suspense>
      )}
      <Dialogue transcript={{ channel: entry.channel, turns: said }} current={turn} onSeek={entry.sound ? seek : undefined} />
    </section>
  );
}

// What was measured in a recording: who spoke when, silences, overlaps; as lanes below the waveforms.
import { useQuery } from '@tanstack/react-query';

import { get, Problem } from '../../api/client';
import type { Acoustics } from '../../api/schema';
import type { Band } from './lanes';

const askAgainMs = 20_000;

// Null until the recording has been measured.
export function useAcoustics(id: string, enabled: boolean) {
  return useQuery({
    queryKey: ['acoustics', id],
    queryFn: ({ signal }) =>
      get<Acoustics>(`/contacts/${encodeURIComponent(id)}/acoustics`, signal).catch((problem: unknown) => {
        if (problem instanceof Problem && problem.status === 404) return null;
        throw problem;
      }),
    enabled,
    // It is measured soon after it came in.
    refetchInterval: ({ state }) => (state.data === null ? askAgainMs : false),
    placeholderData: () => undefined,
  });
}

const shortestShownMs = 1000; // pauses below are breath

type Span = Acoustics['silences'][number] | Acoustics['overlaps'][number] | Acoustics['legs'][number]['speech'][number];

export interface SoundLane {
  kind: 'speech' | 'silence' | 'overlap';
  whose: string | null; // of speech: the leg's
  bands: Band[];
}

// A lane for each leg that somebody speaks on, one for silences and one for overlaps; `title` says what a part is.
export function lanesOf(acoustics: Acoustics, title: (kind: SoundLane['kind'], who: string | null, ms: number) => string): SoundLane[] {
  const bandsOf = <S extends Span>(kind: SoundLane['kind'], spans: readonly S[], who: (span: S) => string | null): Band[] =>
    spans.map((span) => ({
      key: `${kind}-${span.start_ms}`,
      from: span.start_ms,
      until: span.end_ms,
      title: title(kind, who(span), span.end_ms - span.start_ms),
      tone: kind,
    }));
  const speech = acoustics.legs
    .filter((leg) => leg.speech.length > 0)
    .map((leg) => ({
      kind: 'speech' as const,
      whose: leg.role,
      bands: bandsOf('speech', leg.speech, () => leg.role).map((band) => ({ ...band, whose: leg.role })),
    }));
  const long = acoustics.silences.filter(({ start_ms, end_ms }) => end_ms - start_ms >= shortestShownMs);
  const others: SoundLane[] = [
    { kind: 'silence', whose: null, bands: bandsOf('silence', long, ({ turn }) => turn) },
    { kind: 'overlap', whose: null, bands: bandsOf('overlap', acoustics.overlaps, ({ interrupter }) => interrupter) },
  ];
  return [...speech, ...others.filter(({ bands }) => bands.length > 0)];
}

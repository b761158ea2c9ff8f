// What lies where in the sound, as it is drawn below the waveforms.
import type { Gravity } from '../../shell/Mark';

export interface Band {
  key: string;
  from: number; // milliseconds
  until: number;
  title: string;
  tone?: 'draft' | 'speech' | 'silence' | 'overlap' | 'hit'; // draft: being made
  whose?: string; // of speech: the leg's
  pin?: { number: number; gravity: Gravity; isModel?: boolean }; // of a hit: stands above the waveforms too
  onPick?: () => void; // besides being played
}

export interface LaneOf {
  name: string;
  bands: readonly Band[];
  leg?: string; // of the leg with this name: drawn below its waveform
}

// Stretches that would lie closer together than that are one: hours of talk are as quick to draw as minutes.
export function merged<S extends { from: number; until: number }>(bands: readonly S[], least: number): S[] {
  const result: S[] = [];
  for (const band of bands) {
    const last = result.at(-1);
    if (last && band.from - last.until < least) result[result.length - 1] = { ...last, until: Math.max(last.until, band.until) };
    else result.push(band);
  }
  return result;
}

// The row in which each band stands so that none covers another, if each is at least `least` long; what finds no place
// in `most` rows stands in the last.
export function rowsOf(bands: readonly { from: number; until: number }[], least: number, most: number): number[] {
  const ends: number[] = [];
  const rows = new Array<number>(bands.length).fill(0);
  const inTime = bands.map((band, at) => ({ band, at })).sort((a, b) => a.band.from - b.band.from);
  for (const { band, at } of inTime) {
    const free = ends.findIndex((end) => end <= band.from);
    const row = free >= 0 ? free : Math.min(ends.length, most - 1);
    rows[at] = row;
    ends[row] = Math.max(ends[row] ?? 0, band.until, band.from + least);
  }
  return rows;
}

// An agent's contacts of a period as the frame froze them: netstrings ("4:1001,") under one hash.
import { utf8 } from './sha256';

export interface Unit {
  contact: string;
  weight: bigint; // how likely to be drawn, in thousandths of a plain contact
}

export interface Cell {
  channel: string;
  product: string;
  timeOfDay: string;
  units: Unit[];
}

export interface Stratum {
  staffNo: string;
  size: bigint; // so many are drawn
  cells: Cell[];
}

const format = 'zhiheng stratum 1';
const colon = ':'.charCodeAt(0);
const comma = ','.charCodeAt(0);

class Reader {
  private at = 0;
  private readonly bytes: Uint8Array;

  constructor(encoded: string) {
    this.bytes = utf8(encoded);
  }

  text(): string {
    const mark = this.bytes.indexOf(colon, this.at);
    const length = Number(new TextDecoder().decode(this.bytes.subarray(this.at, mark)));
    const end = mark + 1 + length;
    if (mark < 0 || !Number.isSafeInteger(length) || this.bytes[end] !== comma) throw new Error('damaged');
    this.at = end + 1;
    return new TextDecoder('utf-8', { fatal: true }).decode(this.bytes.subarray(mark + 1, end));
  }

  number(): bigint {
    const text = this.text();
    if (!/^\d+$/.test(text)) throw new Error('damaged');
    return BigInt(text);
  }

  times<T>(read: () => T): T[] {
    return Array.from({ length: Number(this.number()) }, read);
  }

  get isAtEnd() {
    return this.at === this.bytes.length;
  }
}

// Nothing where the bytes are not those of a stratum.
export function decoded(encoded: string): Stratum | undefined {
  const reader = new Reader(encoded);
  try {
    if (reader.text() !== format) return undefined;
    const stratum = {
      staffNo: reader.text(),
      size: reader.number(),
      cells: reader.times(() => ({
        channel: reader.text(),
        product: reader.text(),
        timeOfDay: reader.text(),
        units: reader.times(() => ({ contact: reader.text(), weight: reader.number() })),
      })),
    };
    return reader.isAtEnd ? stratum : undefined;
  } catch {
    return undefined;
  }
}

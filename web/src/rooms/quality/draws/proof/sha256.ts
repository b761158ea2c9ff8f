// SHA-256 (FIPS 180-4). The browser's own is there on secure pages only and answers later; a proof wants thousands of
// small hashes at once, wherever the desk is open.

// The first 32 bits of the fractional parts of the square and cube roots of the first primes.
const fractionOf = (root: number) => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; ++n) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

const first64 = primes(64);
const begin = Int32Array.from(first64.slice(0, 8), (prime) => fractionOf(Math.sqrt(prime)));
const rounds = Int32Array.from(first64, (prime) => fractionOf(Math.cbrt(prime)));

const turned = (word: number, by: number) => (word >>> by) | (word << (32 - by));

// The message, a one, zeros, and its length in bits, in blocks of 64 bytes.
function padded(message: Uint8Array): DataView {
  const blocks = Math.ceil((message.length + 9) / 64);
  const bytes = new Uint8Array(blocks * 64);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(bytes.length - 8, BigInt(message.length) * 8n);
  return view;
}

function schedule(view: DataView, offset: number, words: Int32Array) {
  const at = (i: number) => words[i] ?? 0;
  for (let i = 0; i < 16; ++i) words[i] = view.getInt32(offset + 4 * i);
  for (let i = 16; i < 64; ++i) {
    const s0 = turned(at(i - 15), 7) ^ turned(at(i - 15), 18) ^ (at(i - 15) >>> 3);
    const s1 = turned(at(i - 2), 17) ^ turned(at(i - 2), 19) ^ (at(i - 2) >>> 10);
    words[i] = at(i - 16) + s0 + at(i - 7) + s1;
  }
}

type State = [number, number, number, number, number, number, number, number];

function compressed(state: State, words: Int32Array): State {
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; ++i) {
    const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (rounds[i] ?? 0) + (words[i] ?? 0)) | 0;
    const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  return state.map((word, i) => (word + ([a, b, c, d, e, f, g, h][i] ?? 0)) | 0) as State;
}

export function sha256(message: Uint8Array): Uint8Array {
  const view = padded(message);
  const words = new Int32Array(64);
  let state = [...begin] as State;
  for (let offset = 0; offset < view.byteLength; offset += 64) {
    schedule(view, offset, words);
    state = compressed(state, words);
  }
  const hash = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => hash.setInt32(4 * i, word));
  return new Uint8Array(hash.buffer);
}

// ---- bytes

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export function joined(...parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export const bytesOf = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

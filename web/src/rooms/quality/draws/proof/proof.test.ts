// The fixture is what the program handed out: `zhiheng sample proof` on a demo centre.
import { describe, expect, it } from 'vitest';

import { flawOf, type Proof } from './check';
import { chancesOf, drawn, isCertain } from './draw';
import proof from './proof.fixture.json';
import { bytesOf, hexOf, joined, sha256, utf8 } from './sha256';
import { decoded, type Stratum } from './stratum';

const hashed = (text: string) => hexOf(sha256(utf8(text)));

describe('SHA-256', () => {
  it('agrees with the examples of FIPS 180-4', () => {
    expect(hashed('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(hashed('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(hashed('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    );
  });
  it('agrees with the system’s own at every length around a block’s end', async () => {
    for (let length = 50; length <= 130; ++length) {
      const message = Uint8Array.from({ length }, (_, at) => (at * 7) % 256);
      expect(hexOf(sha256(message))).toBe(hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', message))));
    }
  });
});

describe('a proof', () => {
  const changed = (change: Partial<Proof>) => flawOf({ ...proof, ...change });

  it('holds as the program handed it out', () => {
    expect(flawOf(proof)).toBeUndefined();
  });
  it('shows another seed than was committed to', () => {
    expect(changed({ seed: proof.salt })).toBe('seed');
  });
  it('shows a contact that was added, taken away or given another weight', () => {
    expect(changed({ stratum: proof.stratum.replace('14:1791244839.558,4:1000,', '14:1791244839.558,4:9000,') })).toBe('frame');
    expect(changed({ path: proof.path.slice(1) })).toBe('frame');
    expect(changed({ index: 3 })).toBe('frame');
  });
  it('shows a sample that the seed does not draw', () => {
    expect(changed({ drawn: [...proof.drawn].reverse() })).toBe('picks');
    expect(changed({ drawn: proof.drawn.slice(1) })).toBe('picks');
  });
});

describe('a stratum', () => {
  it('is read with letters of more than one byte', () => {
    const stratum = decoded('17:zhiheng stratum 1,4:1001,1:1,1:1,4:call,6:宽带,5:08-12,1:1,1:a,4:1000,');
    expect(stratum?.cells[0]?.product).toBe('宽带');
  });
  it('is nothing where bytes are missing or left over', () => {
    expect(decoded(proof.stratum.slice(0, -1))).toBeUndefined();
    expect(decoded(`${proof.stratum}1:a,`)).toBeUndefined();
    expect(decoded('17:zhiheng stratum 2,')).toBeUndefined();
  });
});

describe('a draw', () => {
  const units = (weights: bigint[]) => weights.map((weight, at) => ({ contact: `c${at}`, weight }));
  const stratum = (size: bigint, weights: bigint[]): Stratum => ({
    staffNo: '1001',
    size,
    cells: [{ channel: 'call', product: 'a', timeOfDay: '08-12', units: units(weights) }],
  });

  it('takes for certain what is so likely that it must be drawn', () => {
    // 2 × 9 > 12, so the heaviest is certain; of the others 1 × 1 < 3.
    const chances = chancesOf(stratum(2n, [9000n, 1000n, 1000n, 1000n]));
    expect(isCertain(chances, 9000n)).toBe(true);
    expect(isCertain(chances, 1000n)).toBe(false);
    expect(chances).toMatchObject({ size: 1n, whole: 3000n });
  });
  it('has the size it must, with unequal chances in several cells, whatever the key', () => {
    const cells = ['a', 'b', 'c'].map((product, nth) => ({
      channel: nth < 2 ? 'call' : 'chat',
      product,
      timeOfDay: '08-12',
      units: units([1000n, 3000n, 2000n, 1000n]).map((unit) => ({ ...unit, contact: product + unit.contact })),
    }));
    for (let key = 0; key < 50; ++key) {
      const sample = drawn({ staffNo: '1001', size: 5n, cells }, sha256(joined(bytesOf('00'), utf8(String(key)))));
      expect(sample).toHaveLength(5);
      expect(new Set(sample).size).toBe(5);
    }
  });
  it('draws all where all are to be drawn', () => {
    expect([...drawn(stratum(3n, [1000n, 1000n, 1000n]), sha256(utf8('key')))].sort()).toEqual(['c0', 'c1', 'c2']);
  });
});

// The random numbers of a draw: blocks of SHA-256 over the key and a counter, four numbers of 64 bits in each, so that
// anybody who knows the key makes the same ones again.
import { joined, sha256 } from './sha256';

const allNumbers = 1n << 64n;

export class RandomStream {
  private block = 0n;
  private numbers: bigint[] = [];

  constructor(private readonly key: Uint8Array) {}

  private next(): bigint {
    if (this.numbers.length === 0) {
      const counter = new DataView(new ArrayBuffer(8));
      counter.setBigUint64(0, this.block++);
      const bytes = new DataView(sha256(joined(this.key, new Uint8Array(counter.buffer))).buffer);
      this.numbers = [0, 8, 16, 24].map((at) => bytes.getBigUint64(at));
    }
    return this.numbers.shift() ?? 0n;
  }

  // Uniform on 0 … bound − 1; numbers beyond the last whole multiple of the bound are thrown away.
  below(bound: bigint): bigint {
    const limit = allNumbers - (allNumbers % bound);
    let number = this.next();
    while (number >= limit) number = this.next();
    return number % bound;
  }

  // Fisher and Yates, from the last place down.
  shuffle(items: unknown[]) {
    for (let i = items.length; i > 1; --i) {
      const other = Number(this.below(BigInt(i)));
      [items[i - 1], items[other]] = [items[other], items[i - 1]];
    }
  }
}

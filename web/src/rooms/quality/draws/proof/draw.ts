// The draw made again: the pivotal method of Deville and Tillé (1998), cell by cell, as docs/policies/sampling.md has
// it. Two undecided contacts meet, and chance moves the one's probability to the other until one of them is in or out.
import { RandomStream } from './random';
import type { Cell, Stratum } from './stratum';

interface Undecided {
  cell: Cell;
  contact: string;
  share: bigint; // its probability so far, in units of 1 / whole
}

// A weight from `certainFrom` on is drawn for certain; of the others `size` are drawn, whose weights add up to `whole`.
export interface Chances {
  certainFrom: bigint | undefined;
  size: bigint;
  whole: bigint;
}

export function chancesOf(stratum: Stratum): Chances {
  const weights = stratum.cells.flatMap(({ units }) => units.map(({ weight }) => weight)).sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));
  const chances: Chances = { certainFrom: undefined, size: stratum.size, whole: weights.reduce((sum, weight) => sum + weight, 0n) };
  for (const heaviest of weights) {
    if (chances.size === 0n || chances.size * heaviest < chances.whole) break;
    chances.certainFrom = heaviest;
    chances.size -= 1n;
    chances.whole -= heaviest;
  }
  return chances;
}

export const isCertain = (chances: Chances, weight: bigint): boolean => chances.certainFrom !== undefined && weight >= chances.certainFrom;

class Duels {
  readonly drawn: Undecided[] = [];

  constructor(
    private readonly random: RandomStream,
    private readonly whole: bigint,
  ) {}

  // Lets the contacts meet one after the other; at most one is left undecided.
  run(contacts: Undecided[]): Undecided[] {
    let open: Undecided | undefined;
    for (const contact of contacts) open = open === undefined ? contact : this.meet(open, contact);
    return open === undefined ? [] : [open];
  }

  private meet(a: Undecided, b: Undecided): Undecided | undefined {
    const both = a.share + b.share;
    if (both < this.whole) {
      const winner = this.random.below(both) < a.share ? a : b; // the other is out
      return { ...winner, share: both };
    }
    const aIsIn = this.random.below(2n * this.whole - both) < this.whole - b.share;
    this.drawn.push(aIsIn ? a : b);
    const rest = both - this.whole;
    return rest > 0n ? { ...(aIsIn ? b : a), share: rest } : undefined;
  }
}

// Lets neighbours of one group meet, for each group; what stays undecided of each.
function meetWithin(duels: Duels, contacts: Undecided[], isSame: (a: Cell, b: Cell) => boolean): Undecided[] {
  const groups: Undecided[][] = [];
  for (const contact of contacts) {
    const group = groups.at(-1);
    if (group?.[0] && isSame(group[0].cell, contact.cell)) group.push(contact);
    else groups.push([contact]);
  }
  return groups.flatMap((group) => duels.run(group));
}

// The contacts that the key draws from the stratum, in drawn order.
export function drawn(stratum: Stratum, key: Uint8Array): string[] {
  const chances = chancesOf(stratum);
  const random = new RandomStream(key);
  const duels = new Duels(random, chances.whole);
  const certain: Undecided[] = [];
  let open: Undecided[] = [];
  for (const cell of stratum.cells) {
    const undecided: Undecided[] = [];
    for (const { contact, weight } of cell.units) {
      const one = { cell, contact, share: chances.size * weight };
      if (isCertain(chances, weight)) certain.push(one);
      else if (one.share > 0n) undecided.push(one);
    }
    random.shuffle(undecided);
    open.push(...duels.run(undecided));
  }
  open = meetWithin(duels, open, (a, b) => a.channel === b.channel && a.product === b.product);
  open = meetWithin(duels, open, (a, b) => a.channel === b.channel);
  meetWithin(duels, open, () => true);
  const all = [...certain, ...duels.drawn];
  random.shuffle(all);
  return all.map(({ contact }) => contact);
}

// An agent's proof, checked on the agent's own machine: the server is not asked whether it was honest.
import { drawn } from './draw';
import { bytesOf, hexOf, joined, sha256, utf8 } from './sha256';
import { decoded } from './stratum';

// What the server hands out, as `zhiheng sample proof` writes it; hashes in hexadecimal.
export interface Proof {
  commitment: string; // published before the period
  seed: string;
  frame: string;
  salt: string;
  stratum: string;
  index: number; // of the stratum among the leaves of the frame
  leaves: number;
  path: string[];
  drawn: string[]; // in drawn order
}

export const steps = ['seed', 'frame', 'stratum', 'picks'] as const;
export type Step = (typeof steps)[number];

const nodeOf = (left: Uint8Array, right: Uint8Array) => sha256(joined(Uint8Array.of(1), left, right));

// The leaves of the left half: the largest power of two below their number.
function leftHalf(leaves: number): number {
  let half = 1;
  while (half * 2 < leaves) half *= 2;
  return half;
}

// The root that the path leads to from the leaf (RFC 6962); nothing when it is too short or too long for the place.
function climbed(leaf: Uint8Array, index: number, leaves: number, path: Uint8Array[]): Uint8Array | undefined {
  const beside = path.at(-1);
  if (leaves === 1) return beside === undefined ? leaf : undefined;
  if (beside === undefined) return undefined;
  const half = leftHalf(leaves);
  const isLeft = index < half;
  const reached = climbed(leaf, isLeft ? index : index - half, isLeft ? half : leaves - half, path.slice(0, -1));
  if (reached === undefined) return undefined;
  return isLeft ? nodeOf(reached, beside) : nodeOf(beside, reached);
}

function isInFrame(proof: Proof): boolean {
  if (proof.index >= proof.leaves) return false;
  const leaf = sha256(joined(Uint8Array.of(0), bytesOf(proof.salt), utf8(proof.stratum)));
  const root = climbed(leaf, proof.index, proof.leaves, proof.path.map(bytesOf));
  return root !== undefined && hexOf(root) === proof.frame;
}

// The first step at which the proof fails; none: it holds.
export function flawOf(proof: Proof): Step | undefined {
  if (hexOf(sha256(bytesOf(proof.seed))) !== proof.commitment) return 'seed';
  if (!isInFrame(proof)) return 'frame';
  const stratum = decoded(proof.stratum);
  if (stratum === undefined) return 'stratum';
  const key = sha256(joined(bytesOf(proof.seed), bytesOf(proof.frame), utf8(stratum.staffNo)));
  const again = drawn(stratum, key);
  const isSame = again.length === proof.drawn.length && again.every((contact, at) => contact === proof.drawn[at]);
  return isSame ? undefined : 'picks';
}

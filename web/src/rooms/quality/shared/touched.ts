// What a step on an inspection makes old: of the room's queries only those that show it, so that one submitted record
// does not ask sixty-four windows for everything anew.
import type { QueryKey } from '@tanstack/react-query';

import type { Said } from '../../../shell/room';

const ofBatches = ['batches', 'batch'];
const afterPublishing = ['results', 'talks', 'rectifications', 'appeals'];

// By the step, as the server names it: the room's lists that change with it.
const lists: Readonly<Record<string, readonly string[]>> = {
  take: ['queue'],
  release: ['queue'],
  set_aside: ['queue'],
  reassign: ['queue', ...ofBatches],
  submit: ['queue', ...ofBatches],
  hand_in: ['queue', ...ofBatches],
  send_back: ['queue', ...ofBatches],
  publish: [...ofBatches, ...afterPublishing],
  close: ofBatches,
  annul: ['queue', ...ofBatches, ...afterPublishing],
  acknowledge: ['results'],
  message: ['thread'],
  talk: ['talks', ...ofBatches, 'rectification'],
  appeal: ['appeals', 'results', 'rectifications'],
  rectification: ['rectifications', 'rectification', 'talks'],
};

export function touchedBy({ inspection, what }: Said): readonly QueryKey[] {
  const changed = typeof what === 'string' ? lists[what] : undefined;
  if (changed === undefined || typeof inspection !== 'string') return [['quality']];
  return [['quality', 'inspection', inspection], ['quality', 'why', inspection], ...changed.map((list) => ['quality', list])];
}

const counted = ['submit', 'publish', 'reassign', 'set_aside', 'annul', 'appeal'];

// Of the plans: how far they are, and what their samples say.
export const plansTouchedBy = ({ what }: Said): readonly QueryKey[] =>
  typeof what !== 'string' || counted.includes(what) ? [['plan-progress'], ['plan-means']] : [];

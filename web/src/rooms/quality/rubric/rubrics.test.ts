import { describe, expect, it } from 'vitest';

import type { Rubric } from '../../../api/schema';
import { forChannel, itemsOf } from './rubrics';

const label = { zh: '项', en: 'item' };
const item = (id: string, channels: string[]) => ({ id, label, clause: 'Q3', channels, may_not_apply: false, zero_tolerance: false, weight: null, answers: [] });
const rubric: Rubric = {
  id: 'service',
  label,
  clause: 'Q3',
  version: 'ab',
  form: 'deduct',
  channels: ['call', 'chat'],
  full_mark: '100',
  floor: '0',
  severities: [],
  bonuses: [],
  dimensions: [
    { id: 'manner', label, items: [item('tone', ['call']), item('polite', ['call', 'chat'])] },
    { id: 'voice', label, items: [item('speed', ['call'])] },
  ],
};

describe('what is looked at', () => {
  it('is everything where no channel is chosen', () => {
    expect(forChannel(rubric, undefined).flatMap(({ items }) => items)).toEqual(itemsOf(rubric));
  });
  it('leaves out items of other channels, and dimensions without any', () => {
    const chat = forChannel(rubric, 'chat');
    expect(chat.map(({ id }) => id)).toEqual(['manner']);
    expect(chat[0]?.items.map(({ id }) => id)).toEqual(['polite']);
  });
});

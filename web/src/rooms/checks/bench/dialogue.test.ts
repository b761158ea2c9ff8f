import { describe, expect, it } from 'vitest';

import { example } from '../words';
import { turnsOf } from './dialogue';

describe('a pasted dialogue', () => {
  it('has a turn for each line that names who speaks, in either language', () => {
    expect(turnsOf('坐席：您好\n客户: 我要投诉\n\nSystem: hold')).toEqual([
      { role: 'agent', text: '您好' },
      { role: 'customer', text: '我要投诉' },
      { role: 'system', text: 'hold' },
    ]);
  });
  it('goes on with the turn where nobody is named; a text alone is the agent’s', () => {
    expect(turnsOf('您好\n请问：几点了')).toEqual([{ role: 'agent', text: '您好\n请问：几点了' }]);
    expect(turnsOf('  \n')).toEqual([]);
  });
  it('takes times, and lets a turn last until the next one', () => {
    expect(turnsOf('[0:01] 坐席：您好\n1:02:03.5 客户：喂\n坐席：在')).toEqual([
      { role: 'agent', text: '您好', start_ms: 1000, end_ms: 3_723_500 },
      { role: 'customer', text: '喂', start_ms: 3_723_500 },
      { role: 'agent', text: '在' },
    ]);
  });
  it('reads the examples that the bench offers', () => {
    for (const text of Object.values(example)) expect(new Set(turnsOf(text).map(({ role }) => role))).toEqual(new Set(['agent', 'customer']));
  });
});

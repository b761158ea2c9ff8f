import { describe, expect, it } from 'vitest';

import { changeOf } from './change';
import { sentRoles, usualScope } from './roles';

const before = {
  staff_no: '1001',
  name: '吴芳',
  group: 'A 组',
  position: 'agent',
  hired_on: '2022-03-01',
  left_on: null,
  probation_until: '2022-06-01',
  products: ['broadband'],
  phone_ids: ['Agent/1001'],
};
const same = { group: 'A 组', position: 'agent', probation_until: '2022-06-01', left_on: '', products: ['broadband'], phone_ids: ['Agent/1001'] };

describe('a change to a person', () => {
  it('says nothing where nothing changed', () => expect(changeOf(same, before)).toEqual({}));
  it('says only what changed', () => {
    expect(changeOf({ ...same, group: 'B 组', phone_ids: ['Agent/1001', 'PJSIP/7'] }, before)).toEqual({
      group: 'B 组',
      phone_ids: ['Agent/1001', 'PJSIP/7'],
    });
  });
  it('can take a day away', () => expect(changeOf({ ...same, probation_until: ' ' }, before)).toEqual({ probation_until: null }));
});

describe('roles', () => {
  it('look as far as they usually do', () => {
    expect(usualScope('shift_leader')).toBe('group');
    expect(usualScope('manager')).toBe('centre');
    expect(usualScope('agent')).toBe('self');
  });
  it('name a unit only where the scope has one', () => {
    expect(sentRoles([{ role: 'manager', scope: 'centre', group: 'A 组' }])).toEqual([{ role: 'manager', scope: 'centre' }]);
    expect(sentRoles([{ role: 'shift_leader', scope: 'group', group: 'A 组' }])).toEqual([{ role: 'shift_leader', scope: 'group', group: 'A 组' }]);
  });
});

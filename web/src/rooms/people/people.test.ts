import { describe, expect, it } from 'vitest';

import { groupsOf } from './data';
import { sentRoles, usualScope } from './roles';
import { standingOf, stated } from './stated';

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
describe('a change to a person', () => {
  const standing = standingOf(before, '2026-11-01');
  it('begins with how things stand', () => {
    expect(stated(standing, before)).toEqual({
      name: '吴芳',
      group: 'A 组',
      position: 'agent',
      hired_on: '2022-03-01',
      probation_until: '2022-06-01',
      products: ['broadband'],
      phone_ids: ['Agent/1001'],
      effective_from: '2026-11-01',
    });
  });
  it('can take a day away', () => expect(stated({ ...standing, probation_until: ' ' }, before)).not.toHaveProperty('probation_until'));
  it('keeps the first day of employment whatever changes later', () => {
    expect(stated({ ...standing, group: 'B 组', left_on: '2026-12-31' }, before)).toMatchObject({ group: 'B 组', hired_on: '2022-03-01', left_on: '2026-12-31' });
  });
  it('of a new person is no change but a beginning', () => {
    const fresh = stated({ ...standingOf(undefined, '2026-11-01'), name: ' 新人 ', group: 'A 组' }, undefined);
    expect(fresh).toMatchObject({ name: '新人', hired_on: '2026-11-01', position: 'agent' });
    expect(fresh).not.toHaveProperty('effective_from');
  });
});

describe('the groups there are', () => {
  it('come from departments and from beside them', () => {
    const group = (name: string) => ({ name, people: 1, leaders: [] });
    expect(groupsOf({ departments: [{ name: 'D', groups: [group('b')] }], groups: [group('a')] })).toEqual(['a', 'b']);
    expect(groupsOf(undefined)).toEqual([]);
  });
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

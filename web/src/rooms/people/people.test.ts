import { describe, expect, it } from 'vitest';

import type { Person } from '../../api/schema';
import { arrangementOf, groupsOf } from './data';
import { newGrant, sentRoles, usualScope } from './roles';
import { changed, newPerson, standingOf } from './standing';

const before: Person = {
  staff_no: '1001',
  name: '吴芳',
  group: 'A 组',
  position: 'agent',
  hired_on: '2022-03-01',
  left_on: null,
  probation_until: '2022-06-01',
  products: ['broadband'],
  phone_ids: ['Agent/1001'],
  history: [],
};
describe('a change to a person', () => {
  const standing = standingOf(before, '2026-11-01');
  it('says nothing where nothing changed', () => expect(changed(standing, before)).toEqual({ effective_from: '2026-11-01' }));
  it('says only what changed', () => {
    expect(changed({ ...standing, group: 'B 组', phone_ids: ['Agent/1001', 'PJSIP/7'] }, before)).toEqual({
      effective_from: '2026-11-01',
      group: 'B 组',
      phone_ids: ['Agent/1001', 'PJSIP/7'],
    });
  });
  it('can take a day away', () => expect(changed({ ...standing, probation_until: ' ' }, before)).toEqual({ effective_from: '2026-11-01', probation_until: null }));
  it('of a new person says who it is', () => {
    expect(newPerson({ ...standingOf(undefined, '2026-11-01'), name: ' 新人 ', group: 'A 组' }, ' 1099 ')).toEqual({
      staff_no: '1099',
      name: '新人',
      group: 'A 组',
      position: 'agent',
      hired_on: '2026-11-01',
      products: [],
      phone_ids: [],
    });
  });
});

describe('the organisation', () => {
  const units = [
    { name: 'D', parent: null, leader: null, people: 2 },
    { name: 'b', parent: 'D', leader: null, people: 2 },
    { name: 'a', parent: null, leader: null, people: 1 },
  ];
  it('has groups in departments and beside them', () => expect(groupsOf(units)).toEqual(['a', 'b']));
  it('is arranged by department', () => expect(arrangementOf(units)).toEqual([{ name: 'D', groups: ['b'] }]));
});

describe('roles', () => {
  it('look as far as they usually do', () => {
    expect(usualScope('shift_leader')).toBe('group');
    expect(usualScope('manager')).toBe('centre');
    expect(usualScope('agent')).toBe('self');
  });
  it('name a unit only where the scope has one', () => {
    expect(sentRoles([{ ...newGrant('manager'), group: 'A 组' }])).toEqual([{ role: 'manager', scope: 'centre' }]);
    expect(sentRoles([{ ...newGrant('shift_leader'), group: 'A 组' }])).toEqual([{ role: 'shift_leader', scope: 'group', group: 'A 组' }]);
  });
});

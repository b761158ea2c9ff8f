// A check as a form fills it in: the YAML's mappings, lists and texts, changed without touching what the form does not
// know. All scalars are texts, as they stand in the file.
import type { CheckOperator } from '../../../api/schema';

export type Value = string | Value[] | Fields;
export interface Fields {
  [key: string]: Value;
}

export interface CheckForm {
  id: string;
  body: Fields;
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

// The server's JSON of one check: {id: {…}}.
export function formOf(json: unknown): CheckForm | undefined {
  if (!isFields(json)) return undefined;
  const [entry] = Object.entries(json);
  return entry && isFields(entry[1]) ? { id: entry[0], body: entry[1] } : undefined;
}

export const jsonOf = ({ id, body }: CheckForm) => ({ [id]: body });

// ---- values, whatever stands there

export const textOf = (value: Value | undefined): string => (typeof value === 'string' ? value : '');
export const fieldsOf = (value: Value | undefined): Fields => (isFields(value) ? value : {});
export const listOf = (value: Value | undefined): Value[] => (Array.isArray(value) ? value : value === undefined || value === '' ? [] : [value]);
export const textsOf = (value: Value | undefined): string[] => listOf(value).map(textOf);

// Without the key where there is nothing to say.
export function withValue(fields: Fields, key: string, value: Value | undefined): Fields {
  const isNothing = value === undefined || value === '' || (isFields(value) && Object.keys(value).length === 0);
  if (!isNothing) return { ...fields, [key]: value };
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key));
}

export const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, index) => index !== at);
export const replaced = <T>(list: readonly T[], at: number, value: T): T[] => list.map((one, index) => (index === at ? value : one));

// ---- conditions

export const operatorOf = (condition: Fields, operators: readonly CheckOperator[]): CheckOperator | undefined =>
  operators.find(({ name }) => name in condition);

// What a condition of that kind begins with.
export function emptyOf(operator: CheckOperator): Value {
  if (operator.kind === 'words' || operator.kind === 'sentences' || operator.kind === 'choices') return [];
  if (operator.kind === 'conditions' || operator.kind === 'steps') return [];
  if (operator.kind === 'fields') return {};
  return operator.keys.length > 0 ? {} : '';
}

// Looks for something else in the same place: the scope stays where the other operator has one.
export function withOperator(condition: Fields, operators: readonly CheckOperator[], name: string): Fields {
  const to = operators.find((operator) => operator.name === name);
  if (!to) return condition;
  const names = operators.map((operator) => operator.name);
  const scope = Object.entries(condition).filter(([key]) => !names.includes(key) && to.scoped && (to.counted || key !== 'how_many'));
  return Object.fromEntries([[name, emptyOf(to)], ...scope]);
}

// Forbids, requires or asks instead, in the same place of the file. A condition stays a condition; a question is none, and
// counts once.
export function withKind(body: Fields, from: string, to: string): Fields {
  const isSame = (from === 'ask') === (to === 'ask');
  const begun: Value = to === 'ask' ? { zh: '', en: '' } : { phrases: [] };
  const entries = Object.entries(body).filter(([key]) => to !== 'ask' || (key !== 'count' && key !== 'cap'));
  return Object.fromEntries(entries.map(([key, value]) => (key === from ? [to, isSame ? value : begun] : [key, value])));
}

// The names that conditions may use: those of `let`, in their order.
export const namesOf = (form: CheckForm): string[] => Object.keys(fieldsOf(form.body.let));

// ---- ways of writing one thing

// Phrases are a plain list, or a mapping of what must be there; any of them is what the list means.
export function needsOf(value: Value | undefined): Fields {
  return isFields(value) ? value : { any: listOf(value) };
}
export function asNeeds(needs: Fields): Value {
  const keys = Object.keys(needs);
  return keys.length === 1 && needs.any !== undefined ? needs.any : needs;
}

// A place after another condition's hit: its name, or more exactly which hit and how far.
export function hitOf(value: Value | undefined): Fields {
  return isFields(value) ? value : withValue({}, 'hit_of', value);
}
export function asHit(hit: Fields): Value | undefined {
  const keys = Object.keys(hit);
  if (textOf(hit.hit_of) === '') return undefined;
  return keys.length === 1 ? hit.hit_of : hit;
}

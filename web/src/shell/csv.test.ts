import { describe, expect, it } from 'vitest';

import { csvOf } from './csv';

describe('CSV of what is seen', () => {
  it('quotes what needs it', () => {
    expect(csvOf(['a', 'b'], [['1,5', 'say "no"'], ['two\nlines', '']])).toBe('a,b\r\n"1,5","say ""no"""\r\n"two\nlines",\r\n');
  });
  it('lets no cell become a formula', () => {
    expect(csvOf(['x'], [['=1+1'], ['@SUM(A1)'], ['+cmd'], ['-2+3'], ['\tx']])).toBe(
      'x\r\n"\'=1+1"\r\n"\'@SUM(A1)"\r\n"\'+cmd"\r\n"\'-2+3"\r\n"\'\tx"\r\n',
    );
  });
  it('leaves negative figures figures', () => {
    expect(csvOf(['x'], [['-12.50'], ['+3']])).toBe('x\r\n-12.50\r\n+3\r\n');
  });
});

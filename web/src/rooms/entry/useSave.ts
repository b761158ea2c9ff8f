// Sends the filled rows; each is taken or refused by itself, and a refused one stays in the grid with its reason.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';

import { call, Problem } from '../../api/client';
import type { FactsEntryInput, FactsOutcome } from '../../api/schema';
import { type EntryRow, isFilled, isTouched } from './grid';

// A request refused as a whole says by JSON pointers which rows were wrong: /rows/3/value.
function problemsByRow(problem: Problem, sent: EntryRow[]): Map<EntryRow, string> {
  const found = new Map<EntryRow, string>();
  for (const { pointer, detail } of problem.errors) {
    const nth = /^\/rows\/(\d+)/.exec(pointer)?.[1];
    const row = nth === undefined ? undefined : sent[Number(nth)];
    if (row) found.set(row, detail);
  }
  return found;
}

const entryOf = (kind: string, rows: EntryRow[]): FactsEntryInput => ({
  rows: rows.map(({ staff_no, date, value, note, source_ref }) => ({ staff_no, occurred_at: date, kind, value, note, source_ref })),
});

const touched = ['month', 'sheet', 'why', 'facts'];

export function useSave(kind: string, rows: EntryRow[], setRows: (rows: EntryRow[]) => void) {
  const { t } = useTranslation('entry');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const filled = rows.filter(isFilled);
  const save = useMutation({
    mutationFn: () => call<FactsOutcome>('POST', '/facts', entryOf(kind, filled)),
    onSuccess: (answer) => {
      const refused = filled.flatMap((row, nth) => {
        const result = answer.rows[nth];
        return result && !result.ok ? [{ ...row, problem: result.problem ?? t('refused') }] : [];
      });
      setRows([...refused, ...rows.filter((row) => isTouched(row) && !isFilled(row))]);
      if (refused.length > 0) void message.warning(t('some', { count: refused.length }));
      if (refused.length < filled.length) void message.success(t('saved', { count: filled.length - refused.length }));
      if (answer.late > 0) void message.info(t('late', { count: answer.late }));
      void queries.invalidateQueries({ predicate: ({ queryKey }) => touched.includes(String(queryKey[0])) });
    },
    onError: (problem) => {
      if (problem instanceof Problem) {
        const problems = problemsByRow(problem, filled);
        setRows(rows.map((row) => ({ ...row, ...(problems.has(row) ? { problem: problems.get(row) ?? '' } : {}) })));
      }
      void message.error(problem.message || t('notSaved'));
    },
  });
  return { count: filled.length, isSaving: save.isPending, save: () => save.mutate() };
}

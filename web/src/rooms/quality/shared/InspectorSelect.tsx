// Somebody who inspects; whether it may be this record, the server says.
import { useQueries } from '@tanstack/react-query';
import { Select } from 'antd';

import { get } from '../../../api/client';
import type { Person } from '../../../api/schema';

const positions = ['inspector', 'supervisor'] as const;

interface Props {
  label: string;
  value: string | null;
  onChange: (staff: string) => void;
  without?: string | undefined; // who has it already
}

export function InspectorSelect({ label, value, onChange, without }: Props) {
  const found = useQueries({
    queries: positions.map((position) => ({
      queryKey: ['list', '/people', 'inspectors', position],
      queryFn: ({ signal }: { signal: AbortSignal }) => get<{ items: Person[] }>(`/people?position=${position}&employed=true&limit=200`, signal),
    })),
  });
  const people = found.flatMap(({ data }) => data?.items ?? []).filter((person) => person.staff_no !== without);
  return (
    <Select
      showSearch
      optionFilterProp="label"
      aria-label={label}
      placeholder={label}
      loading={found.some(({ isPending }) => isPending)}
      value={value}
      options={people.map((person) => ({ value: person.staff_no, label: `${person.name} ${person.staff_no} · ${person.group}` }))}
      onChange={(staff: string) => onChange(staff)}
      popupMatchSelectWidth={false}
      style={{ minWidth: 220 }}
    />
  );
}

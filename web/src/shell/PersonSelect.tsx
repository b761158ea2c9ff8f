// Somebody, found by name or number; the server searches, so that ten thousand people are no list to fetch.
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';

import { get } from '../api/client';
import type { Person } from '../api/schema';

const offered = 20;

interface Props {
  label: string;
  value: string | null;
  onChange: (staff: string | null) => void;
}

export function PersonSelect({ label, value, onChange }: Props) {
  const [typed, setTyped] = useState('');
  const asked = useDeferredValue(typed.trim() || (value ?? ''));
  const found = useQuery({
    queryKey: ['person-select', asked],
    queryFn: ({ signal }) => get<{ items: Person[] }>(`/people?limit=${offered}&q=${encodeURIComponent(asked)}`, signal),
  });
  return (
    <Select
      size="small"
      showSearch
      allowClear
      filterOption={false}
      aria-label={label}
      placeholder={label}
      value={value}
      options={(found.data?.items ?? []).map((person) => ({ value: person.staff_no, label: `${person.name} ${person.staff_no}` }))}
      onSearch={setTyped}
      onChange={(staff: string | undefined) => onChange(staff ?? null)}
      popupMatchSelectWidth={false}
      style={{ width: 170 }}
    />
  );
}

// Somebody who may inspect; with a record named, only those who may look at that one.
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';

import { get } from '../../../api/client';
import type { MayInspect } from '../../../api/schema';

interface Props {
  label: string;
  value: string | null;
  onChange: (staff: string) => void;
  inspection: string; // the record's
  without?: string | undefined; // who has it already
}

export function InspectorSelect({ label, value, onChange, inspection, without }: Props) {
  const found = useQuery({
    queryKey: ['quality', 'inspectors', inspection],
    queryFn: ({ signal }) => get<MayInspect[]>(`/quality/inspectors?inspection=${inspection}`, signal),
    placeholderData: () => undefined,
  });
  const people = (found.data ?? []).filter((person) => person.staff_no !== without);
  return (
    <Select
      showSearch
      optionFilterProp="label"
      aria-label={label}
      placeholder={label}
      loading={found.isPending}
      value={value}
      options={people.map((person) => ({ value: person.staff_no, label: `${person.name ?? ''} ${person.staff_no}` }))}
      onChange={(staff: string) => onChange(staff)}
      popupMatchSelectWidth={false}
      style={{ minWidth: 220 }}
    />
  );
}

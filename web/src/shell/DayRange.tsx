import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';

interface Props {
  from: string;
  to: string;
  onChange: (from: string, to: string) => void;
}

const written = 'YYYY-MM-DD';

// Two days, both included.
export function DayRange({ from, to, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <DatePicker.RangePicker
      allowClear={false}
      value={[dayjs(from), dayjs(to)]}
      placeholder={[t('from'), t('to')]}
      onChange={(days) => {
        if (days?.[0] && days[1]) onChange(days[0].format(written), days[1].format(written));
      }}
    />
  );
}

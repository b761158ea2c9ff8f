// The search field of a list: sent a moment after the last key, or at once by Enter; / leads here.
import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useEffect, useRef, useState } from 'react';

interface Props {
  label: string;
  value: string | undefined;
  onSearch: (text: string | undefined) => void;
  width?: number;
  size?: 'small' | 'middle';
}

const pauseMs = 300;

export function SearchField({ label, value, onSearch, width = 200, size = 'middle' }: Props) {
  const [typed, setTyped] = useState(value ?? '');
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);
  const send = (text: string, after: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(text.trim() || undefined), after);
  };
  return (
    <Input
      className="list-search"
      size={size}
      aria-label={label}
      placeholder={label}
      prefix={<SearchOutlined className="quiet" />}
      allowClear
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
        send(event.target.value, pauseMs);
      }}
      onPressEnter={() => send(typed, 0)}
      style={{ width }}
    />
  );
}

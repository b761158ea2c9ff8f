// Ctrl-K: finds pages and people by name or number, by keyboard alone.
import { useQuery } from '@tanstack/react-query';
import { Empty, Input, List, Modal } from 'antd';
import { useDeferredValue, useEffect, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';

import { get } from '../api/client';
import { pagesFor } from './pages';
import { usePrincipal } from './session';

interface Found {
  key: string;
  title: string;
  detail: string;
  to: string;
}

interface PersonListed {
  staff_no: string;
  name: string;
  group: string;
}

function useFound(asked: string): Found[] {
  const { t } = useTranslation();
  const principal = usePrincipal();
  const seesPeople = principal.pages.includes('month') && asked.length > 0;
  const people = useQuery({
    queryKey: ['palette', asked],
    queryFn: ({ signal }) => get<{ items: PersonListed[] }>(`/people?limit=8&q=${encodeURIComponent(asked)}`, signal),
    enabled: seesPeople,
  });
  const lower = asked.toLowerCase();
  const pages = pagesFor(principal)
    .map((entry) => ({ key: entry.page, title: t(entry.word), detail: '', to: entry.home(principal) }))
    .filter((entry) => entry.title.toLowerCase().includes(lower));
  const persons = (seesPeople ? (people.data?.items ?? []) : []).map((person) => ({
    key: `person-${person.staff_no}`,
    title: person.name,
    detail: `${person.staff_no} · ${person.group}`,
    to: `/sheet/latest/${person.staff_no}`,
  }));
  return [...pages, ...persons];
}

export function Palette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [asked, setAsked] = useState('');
  const [chosen, setChosen] = useState(0);
  const found = useFound(useDeferredValue(asked.trim()));

  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        onOpenChange(true);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onOpenChange]);

  const go = (entry: Found | undefined) => {
    if (!entry) return;
    onOpenChange(false);
    setAsked('');
    navigate(entry.to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setChosen(Math.min(chosen + 1, found.length - 1));
    if (event.key === 'ArrowUp') setChosen(Math.max(chosen - 1, 0));
    if (event.key === 'Enter') go(found[chosen]);
  };
  return (
    <Modal open={open} onCancel={() => onOpenChange(false)} footer={null} closable={false} destroyOnHidden width={480}>
      <Input
        autoFocus
        size="large"
        value={asked}
        placeholder={t('find')}
        aria-label={t('find')}
        onChange={(event) => {
          setAsked(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <List
        size="small"
        style={{ marginTop: 8 }}
        dataSource={found}
        locale={{ emptyText: <Empty image={null} description={t('nothingFound')} /> }}
        renderItem={(entry, index) => (
          <List.Item
            className={index === chosen ? 'row-link row-chosen' : 'row-link'}
            style={index === chosen ? { background: 'rgb(63 166 159 / 15%)' } : {}}
            onClick={() => go(entry)}
            onMouseEnter={() => setChosen(index)}
          >
            <span style={{ padding: '0 8px' }}>{entry.title}</span>
            <span className="quiet">{entry.detail}</span>
          </List.Item>
        )}
      />
    </Modal>
  );
}

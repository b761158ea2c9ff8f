// Ctrl-K: finds pages, people, clauses and contacts by name or number, by keyboard alone.
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { Input, Modal } from 'antd';
import { useDeferredValue, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';

import { get } from '../api/client';
import type { ContactListed, Person, Regulation } from '../api/schema';
import { useLabel } from './label';
import { pagesFor } from './pages';
import { usePrincipal } from './session';

interface Found {
  key: string;
  title: string;
  detail: string;
  to: string;
}

const atMost = 6;

// Asks the server only on the pages the person may see.
function useAnswers<T>(page: string, path: string, asked: string, enough: number): UseQueryResult<T> {
  const principal = usePrincipal();
  return useQuery({
    queryKey: ['palette', path],
    queryFn: ({ signal }) => get<T>(path, signal),
    enabled: principal.pages.includes(page) && asked.length >= enough,
    retry: false,
  });
}

function useFound(asked: string): Found[] {
  const { t } = useTranslation();
  const principal = usePrincipal();
  const say = useLabel();
  const lower = asked.toLowerCase();
  const has = (text: string) => text.toLowerCase().includes(lower);
  const query = encodeURIComponent(asked);

  const people = useAnswers<{ items: Person[] }>('month', `/people?limit=${atMost}&q=${query}`, asked, 1);
  const regulation = useAnswers<Regulation>('regulation', '/regulation', asked, 1);
  const contacts = useAnswers<{ items: ContactListed[] }>('contacts', `/contacts?limit=${atMost}&q=${query}`, asked, 4);

  const pages = pagesFor(principal)
    .map((entry) => ({ key: entry.page, title: t(entry.word), detail: t('page'), to: entry.home }))
    .filter((entry) => has(entry.title))
    .sort((a, b) => Number(b.title.toLowerCase().startsWith(lower)) - Number(a.title.toLowerCase().startsWith(lower)));
  const persons = (asked ? (people.data?.items ?? []) : []).map((person) => ({
    key: `person ${person.staff_no}`,
    title: person.name,
    detail: `${person.staff_no} · ${person.group}`,
    to: `/sheet/latest/${encodeURIComponent(person.staff_no)}`,
  }));
  const clauses = (asked ? (regulation.data?.clauses ?? []) : [])
    .filter((clause) => has(`${clause.id} ${say(clause.title)}`))
    .slice(0, atMost)
    .map((clause) => ({
      key: `clause ${clause.id}`,
      title: `${clause.id} ${say(clause.title)}`,
      detail: t('regulation:regulation'),
      to: `/regulation?clause=${encodeURIComponent(clause.id)}`,
    }));
  const calls = (asked.length >= 4 ? (contacts.data?.items ?? []) : []).map((contact) => ({
    key: `contact ${contact.id}`,
    title: contact.source_id,
    detail: `${t('contacts:contacts')} · ${contact.queue}`,
    to: `/contacts/${contact.id}`,
  }));
  return [...pages, ...persons, ...clauses, ...calls];
}

export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [asked, setAsked] = useState('');
  const [chosen, setChosen] = useState(0);
  const found = useFound(useDeferredValue(asked.trim()));
  const at = Math.min(chosen, found.length - 1);

  const go = (entry: Found | undefined) => {
    if (!entry) return;
    onClose();
    navigate(entry.to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setChosen(Math.min(at + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setChosen(Math.max(at - 1, 0));
    else if (event.key === 'Enter') go(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal open onCancel={onClose} footer={null} closable={false} width={520} title={null} aria-label={t('find')} className="palette">
      <Input
        autoFocus
        size="large"
        variant="borderless"
        value={asked}
        placeholder={t('find')}
        role="combobox"
        aria-expanded
        aria-controls="palette-found"
        aria-activedescendant={found[at] ? `palette-${at}` : undefined}
        aria-label={t('find')}
        onChange={(event) => {
          setAsked(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id="palette-found" role="listbox" aria-label={t('find')}>
        {found.map((entry, index) => (
          <li
            key={entry.key}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === at}
            onClick={() => go(entry)}
            onMouseMove={() => setChosen(index)}
          >
            <span>{entry.title}</span>
            <span className="quiet">{entry.detail}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="quiet palette-none">{t('nothingFound')}</p>}
    </Modal>
  );
}

// What is said about a record of the library: its kind, title, note and tags.
import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import type { LibraryDescriptionInput, LibraryRow } from '../../../api/schema';

export type About = LibraryDescriptionInput;

export const kinds = ['outstanding', 'typical'] as const;

export const aboutOf = ({ kind, title, note, tags }: LibraryRow): About => ({ kind, title, note, tags });

interface Props {
  about: About;
  put: (changed: Partial<About>) => void;
}

export function AboutFields({ about, put }: Props) {
  const { t } = useTranslation('library');
  return (
    <>
      <label className="library-field">
        <span>{t('kind')}</span>
        <Select aria-label={t('kind')} value={about.kind} options={kinds.map((kind) => ({ value: kind, label: t(kind) }))} onChange={(kind) => put({ kind })} />
      </label>
      <label className="library-field">
        <span>{t('title')}</span>
        <Input maxLength={100} value={about.title} onChange={(event) => put({ title: event.target.value })} />
      </label>
      <label className="library-field">
        <span>{t('note')}</span>
        <Input.TextArea autoSize={{ minRows: 3 }} maxLength={2000} value={about.note} onChange={(event) => put({ note: event.target.value })} />
      </label>
      <label className="library-field">
        <span>{t('tags')}</span>
        <Select mode="tags" aria-label={t('tags')} value={about.tags} onChange={(tags: string[]) => put({ tags })} />
      </label>
    </>
  );
}

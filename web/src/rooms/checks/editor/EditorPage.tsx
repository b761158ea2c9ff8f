// Finds the text that a check is written from: the one in force, the one of a draft, a copy, or a beginning. One of an
// included pack is only read.
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router-dom';

import { Nothing, Trouble } from '../../../shell/Nothing';
import { useChecks, useDraft } from '../data';
import { beginning } from '../words';
import { copyOf } from './copy';
import { Editor } from './Editor';
import './editor.css';

export default function EditorPage() {
  const { t } = useTranslation('checks');
  const { id } = useParams();
  const [search] = useSearchParams();
  const draft = Number(search.get('draft')) || undefined;
  const checks = useChecks();
  const changed = useDraft(draft);
  const failed = checks.error ?? (draft === undefined ? null : changed.error);
  if (failed) return <Trouble problem={failed} onRetry={() => Promise.all([checks.refetch(), changed.refetch()])} />;
  if (!checks.data || (draft !== undefined && !changed.data)) return <Skeleton active />;
  const find = (check: string | null | undefined) => checks.data.items.find((one) => one.id === check);
  const listed = find(id);
  const inDraft = changed.data?.changes.find(({ check }) => check === id)?.after ?? undefined;
  const copied = id === undefined ? find(search.get('copy')) : undefined;
  const base = id === undefined ? (copied ? copyOf(copied) : beginning) : (inDraft ?? listed?.yaml);
  if (base === undefined) return <Nothing title={t('noSuchCheck')} />;
  const name = `check.${draft ?? 'pack'}.${id ?? (copied ? `copy.${copied.id}` : 'new')}`;
  const included = listed && !listed.editable && inDraft === undefined ? listed : undefined;
  return <Editor key={name} name={name} base={base} isNew={id === undefined} draft={draft} included={included} />;
}

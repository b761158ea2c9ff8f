// API tokens of an account, for programs: made with what they may do, shown once, revoked at any time.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Checkbox, Form, Input, Modal, Select, Typography } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { call, get } from '../api/client';
import type { NewTokenInput, Token, TokenMade, TokenScope } from '../api/schema';
import { DataTable, type Column } from './DataTable';
import { wallClock } from './format';
import { useLabel } from './label';
import { Mark } from './Mark';
import { Trouble } from './Nothing';
import { Panel } from './Panel';

const daysOffered = [30, 90, 365, 0]; // 0: never expires

interface Typed {
  label: string;
  scopes: string[];
  days: number;
}

const ordered = ({ label, scopes: chosen, days }: Typed): NewTokenInput => ({
  label: label.trim(),
  scopes: chosen,
  ...(days > 0 ? { expires_at: dayjs().add(days, 'day').toISOString() } : {}),
});

// What tokens can be allowed, in the person's words.
function useScopes() {
  const say = useLabel();
  const scopes = useQuery({ queryKey: ['token-scopes'], queryFn: ({ signal }) => get<TokenScope[]>('/session/token-scopes', signal), staleTime: Infinity });
  return (scopes.data ?? []).map(({ scope, label }) => ({ value: scope, label: say(label) }));
}

function NewToken({ path, onClose, onMade }: { path: string; onClose: () => void; onMade: (made: TokenMade) => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [form] = Form.useForm<Typed>();
  const scopes = useScopes();
  const make = useMutation({
    mutationFn: (typed: Typed) => call<TokenMade>('POST', path, ordered(typed)),
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: ['tokens', path] });
      onMade(made);
    },
  });
  const needed = (what: string) => ({ required: true, message: t('fillIn', { what }) });
  return (
    <Modal open onCancel={onClose} title={t('newToken')} okText={t('makeToken')} confirmLoading={make.isPending} onOk={() => form.submit()}>
      <Form<Typed>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ label: '', scopes: [], days: daysOffered[1] }}
        onFinish={(typed) => make.mutate(typed)}
      >
        <Form.Item name="label" label={t('tokenLabel')} extra={t('tokenLabelHint')} rules={[needed(t('tokenLabel'))]}>
          <Input autoFocus maxLength={80} autoComplete="off" />
        </Form.Item>
        <Form.Item name="scopes" label={t('tokenScopes')} rules={[needed(t('tokenScopes'))]}>
          <Checkbox.Group style={{ display: 'grid', gap: 6 }} options={scopes} />
        </Form.Item>
        <Form.Item name="days" label={t('expiresAt')}>
          <Select options={daysOffered.map((days) => ({ value: days, label: days === 0 ? t('neverExpires') : t('afterDays', { days }) }))} />
        </Form.Item>
      </Form>
      {make.isError && <Alert type="error" showIcon message={make.error.message} />}
    </Modal>
  );
}

function Made({ token }: { token: string }) {
  const { t } = useTranslation();
  return (
    <>
      <p>{t('tokenOnce')}</p>
      <Typography.Paragraph code copyable style={{ margin: '8px 0 0', wordBreak: 'break-all' }}>
        {token}
      </Typography.Paragraph>
    </>
  );
}

interface Props {
  path: string;
  mayMake: boolean; // people make theirs themselves, administrators those of machines
}

export function Tokens({ path, mayMake }: Props) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const queries = useQueryClient();
  const [making, setMaking] = useState(false);
  const scopes = useScopes();
  const tokens = useQuery({
    queryKey: ['tokens', path],
    queryFn: ({ signal }) => get<Token[]>(path, signal),
    placeholderData: () => undefined,
  });
  const revoke = useMutation({
    mutationFn: (id: string) => call('DELETE', `${path}/${id}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['tokens', path] }),
    onError: (problem) => message.error(problem.message),
  });
  const ask = (token: Token) =>
    void modal.confirm({
      title: t('revokeQuestion', { label: token.label }),
      content: t('revokeWarning'),
      okText: t('revoke'),
      okButtonProps: { danger: true },
      onOk: () => revoke.mutateAsync(token.id).catch(() => undefined),
    });
  const columns: Column<Token>[] = [
    { key: 'label', title: t('tokenLabel'), cell: (token) => token.label },
    {
      key: 'scopes',
      title: t('tokenScopes'),
      cell: (token) => (
        <span className="row">
          {token.scopes.map((scope) => (
            <Mark key={scope}>{scopes.find(({ value }) => value === scope)?.label ?? scope}</Mark>
          ))}
        </span>
      ),
    },
    { key: 'created_at', title: t('createdAt'), cell: (token) => wallClock(token.created_at).slice(0, 10) },
    {
      key: 'expires_at',
      title: t('expiresAt'),
      cell: (token) => (token.expires_at ? wallClock(token.expires_at).slice(0, 10) : <span className="quiet">{t('neverExpires')}</span>),
    },
    {
      key: 'revoke',
      title: <span className="for-ears">{t('revoke')}</span>,
      cell: (token) => (
        <Button size="small" aria-label={t('revokeWhat', { label: token.label })} onClick={() => ask(token)}>
          {t('revoke')}
        </Button>
      ),
    },
  ];
  const made = ({ token }: TokenMade) => {
    setMaking(false);
    void modal.success({ title: t('tokenMade'), content: <Made token={token} />, width: 520 });
  };
  const make = mayMake && (
    <Button size="small" onClick={() => setMaking(true)}>
      {t('newToken')}
    </Button>
  );
  const rows = tokens.data ?? [];
  return (
    <Panel title={t('tokens')} extra={make} flush>
      {tokens.isError && <Trouble problem={tokens.error} onRetry={tokens.refetch} />}
      {rows.length > 0 && <DataTable caption={t('tokens')} columns={columns} rows={rows} rowKey={(token) => token.id} />}
      {tokens.isSuccess && rows.length === 0 && <p className="quiet panel-note">{t('noTokens')}</p>}
      {making && <NewToken path={path} onClose={() => setMaking(false)} onMade={made} />}
    </Panel>
  );
}

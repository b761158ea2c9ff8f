// A plan drawn up, or its draft stated anew. What is typed is kept on this machine until it is saved; what the server
// refuses is shown at its field.
import { Alert, App, Button, DatePicker, Drawer, Input, Select, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import { Problem } from '../../../api/client';
import type { InspectionPlan, PlanOutline } from '../../../api/schema';
import { monthName } from '../../../shell/format';
import { useKept } from '../../../shell/kept';
import { Trouble } from '../../../shell/Nothing';
import { useOutline, useSavePlan } from './data';
import { InspectorRows, RoundRows, SignalRows } from './FormRows';
import { agentsIn, capacityOf, draftOf, emptyDraft, faultAt, inMonth, methods, monthAfter, type PlanDraft } from './plan';

function Field({ label, fault, children }: { label: string; fault?: string | undefined; children: ReactNode }) {
  return (
    <label className="plan-field">
      <span>{label}</span>
      {children}
      {fault && (
        <span className="fall" role="alert">
          {fault}
        </span>
      )}
    </label>
  );
}

interface Part {
  draft: PlanDraft;
  outline: PlanOutline;
  put: (change: Partial<PlanDraft>) => void;
  faultOf: (pointer: string) => string | undefined;
}

function ScopeFields({ draft, outline, put, faultOf }: Part) {
  const { t } = useTranslation('plans');
  const named = (name: string) => ({ value: name, label: name });
  const lists = [
    { key: 'groups', options: outline.groups.filter(({ name }) => name !== '').map(({ name, agents }) => ({ value: name, label: `${name} (${agents})` })) },
    { key: 'products', options: outline.products.map(named) },
    { key: 'channels', options: outline.channels.map((name) => ({ value: name, label: t(`quality:channel_${name}`, { defaultValue: name }) })) },
  ] as const;
  return (
    <div className="form-grid">
      {lists.map(({ key, options }) => (
        <Field key={key} label={t(key)} fault={faultOf(`/${key}`) ?? faultOf(`/${key}/0`)}>
          <Select
            mode="multiple"
            allowClear
            aria-label={t(key)}
            placeholder={t('allIfNone')}
            value={draft[key]}
            options={options}
            onChange={(chosen: string[]) => put({ [key]: chosen })}
          />
        </Field>
      ))}
    </div>
  );
}

// What the plan asks of its inspectors, and whether they can take it.
function Load({ draft, outline }: Pick<Part, 'draft' | 'outline'>) {
  const { t } = useTranslation('plans');
  const agents = agentsIn(draft.groups, outline);
  const records = Math.max(0, ...draft.rounds.map(({ per_agent }) => per_agent * agents));
  const capacity = capacityOf(draft);
  const text = [t('agentsInScope', { agents }), t('willInspect', { records }), t('capacityIs', { capacity })].join(' · ');
  const missing = records - capacity;
  if (missing <= 0) return <Alert type="info" showIcon message={text} />;
  return <Alert type="warning" showIcon message={`${text} · ${t('tooFew', { missing })}`} />;
}

function Fields(part: Part) {
  const { t } = useTranslation('plans');
  const { draft, put, faultOf } = part;
  const begun = draft.rounds.some(({ first_day }) => first_day <= dayjs().format('YYYY-MM-DD'));
  return (
    <div className="plan-form">
      <div className="form-grid">
        <Field label={t('month')} fault={faultOf('/month')}>
          <DatePicker
            picker="month"
            allowClear={false}
            value={dayjs(`${draft.month}-01`)}
            onChange={(month: dayjs.Dayjs | null) => month && put({ month: month.format('YYYY-MM'), rounds: [] })}
          />
        </Field>
        <Field label={t('title')} fault={faultOf('/title')}>
          <Input value={draft.title} maxLength={100} onChange={(event) => put({ title: event.target.value })} />
        </Field>
      </div>
      <ScopeFields {...part} />
      <div className="form-grid">
        <Field label={t('methods')} fault={faultOf('/methods')}>
          <Select
            mode="multiple"
            allowClear
            aria-label={t('methods')}
            placeholder={t('methodsIfNone')}
            value={draft.methods ?? []}
            options={methods.map((method) => ({ value: method, label: t(`method_${method}`) }))}
            onChange={(chosen) => put({ methods: chosen.length > 0 ? chosen : null })}
          />
        </Field>
        <Field label={t('methodNote')} fault={faultOf('/method_note')}>
          <Input value={draft.method_note ?? ''} maxLength={200} onChange={(event) => put({ method_note: event.target.value })} />
        </Field>
      </div>
      <section>
        <h3>{t('rounds')}</h3>
        <RoundRows {...part} />
      </section>
      <section>
        <h3>{t('signals')}</h3>
        <p className="quiet">{t('signalsHint')}</p>
        <SignalRows {...part} />
      </section>
      <section>
        <h3>{t('inspectors')}</h3>
        <InspectorRows {...part} />
      </section>
      <Load {...part} />
      <p className="quiet">{t(begun ? 'begunAlready' : 'commitHint')}</p>
    </div>
  );
}

interface Props {
  plan: InspectionPlan | undefined; // none: a new one
  onSaved: (plan: InspectionPlan) => void;
  onClose: () => void;
}

export function PlanForm({ plan, onSaved, onClose }: Props) {
  const { t } = useTranslation('plans');
  const { message } = App.useApp();
  const month = plan?.month ?? monthAfter(dayjs().format('YYYY-MM-DD'));
  const first = plan ? draftOf(plan) : emptyDraft(month, t('newTitle', { month: monthName(month) }));
  const [draft, setDraft] = useKept<PlanDraft | null>(`plan.${plan?.number ?? 'new'}`, null);
  const shown = draft ?? first;
  const outline = useOutline(shown.month);
  const save = useSavePlan(plan?.number);
  const errors = save.error instanceof Problem ? save.error.errors : [];
  const put = (changed: Partial<PlanDraft>) => setDraft({ ...shown, ...changed });

  // Rounds follow the month.
  useEffect(() => {
    if (outline.data && !outline.isPlaceholderData && shown.rounds.length === 0) setDraft(inMonth(shown, shown.month, outline.data));
  }, [outline.data, outline.isPlaceholderData, shown, setDraft]);

  const send = () =>
    save.mutate(shown, {
      onSuccess: (saved) => {
        setDraft(null);
        void message.success(t('saveDone'));
        onSaved(saved);
      },
    });
  const leave = () => {
    setDraft(null);
    onClose();
  };
  const buttons = (
    <div className="row">
      <Button onClick={leave}>{t('cancel')}</Button>
      <Button type="primary" loading={save.isPending} disabled={!outline.data} onClick={send}>
        {t('save')}
      </Button>
    </div>
  );
  return (
    <Drawer open onClose={onClose} title={t(plan ? 'edit' : 'drawUp')} width="min(860px, 100vw)" extra={buttons}>
      {outline.isPending && <Skeleton active />}
      {outline.isError && <Trouble problem={outline.error} onRetry={outline.refetch} />}
      {save.isError && <Alert type="error" showIcon message={errors.length > 0 ? t('somethingElse') : save.error.message} style={{ marginBottom: 12 }} />}
      {outline.data && <Fields draft={shown} outline={outline.data} put={put} faultOf={(pointer) => faultAt(errors, pointer)} />}
    </Drawer>
  );
}

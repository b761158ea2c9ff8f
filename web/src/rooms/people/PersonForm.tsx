// A change to a person from a day on, or a new person. The past stays as it was.
import { Alert, Button, Form, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';

import { useHasRole } from '../../shell/session';
import { useAttempt } from '../../shell/useAttempt';
import { changeOf, type Standing } from './change';
import { type Person, positions, useAddPerson, useChangePerson, useUnits } from './data';

interface Typed extends Standing {
  staff_no?: string;
  name?: string;
  from: string;
}

const day = /^\d{4}-\d{2}-\d{2}$/;

export function PersonForm({ person, onDone }: { person?: Person | undefined; onDone: () => void }) {
  const { t } = useTranslation('people');
  const units = useUnits();
  const change = useChangePerson(person?.staff_no ?? '');
  const add = useAddPerson();
  const { problem, busy, attempt } = useAttempt(t('notSaved'));
  const save = async (typed: Typed) => {
    const changed = changeOf(typed, person);
    if (person) await change.mutateAsync({ effective_from: typed.from, ...changed });
    else await add.mutateAsync({ staff_no: typed.staff_no ?? '', name: typed.name ?? '', hired_on: typed.from, ...changed });
    onDone();
  };
  const dayRule = { pattern: day, message: t('asDay') };
  const groups = [...new Set([...(units.data?.items ?? []).map((unit) => unit.name), ...(person?.group ? [person.group] : [])])];
  return (
    <Form<Typed>
      layout="vertical"
      initialValues={{
        from: dayjs().format('YYYY-MM-DD'),
        position: person?.position ?? 'agent',
        group: person?.group ?? '',
        probation_until: person?.probation_until ?? '',
        left_on: person?.left_on ?? '',
        products: person?.products ?? [],
        phone_ids: person?.phone_ids ?? [],
      }}
      onFinish={(typed) => void attempt(() => save(typed))}
    >
      <div className="form-grid">
        {!person && (
          <>
            <Form.Item name="staff_no" label={t('staffNo')} rules={[{ required: true }]}>
              <Input />
            </Form.Item>
            <Form.Item name="name" label={t('name')} rules={[{ required: true }]}>
              <Input />
            </Form.Item>
          </>
        )}
        <Form.Item name="from" label={t(person ? 'effectiveFrom' : 'hiredOn')} rules={[{ required: true }, dayRule]}>
          <Input placeholder="2026-11-01" />
        </Form.Item>
        <Form.Item name="group" label={t('group')}>
          <Input list="people-groups" />
        </Form.Item>
        <Form.Item name="position" label={t('position')}>
          <Select options={positions.map((position) => ({ value: position, label: t(position) }))} />
        </Form.Item>
        <Form.Item name="probation_until" label={t('probationUntil')} rules={[dayRule]}>
          <Input placeholder="2026-11-01" />
        </Form.Item>
        {person && (
          <Form.Item name="left_on" label={t('leftOn')} rules={[dayRule]}>
            <Input placeholder="2026-11-01" />
          </Form.Item>
        )}
        <Form.Item name="products" label={t('products')}>
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[' ', ',', '、']} />
        </Form.Item>
        <Form.Item name="phone_ids" label={t('phoneIds')}>
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[' ', ',']} />
        </Form.Item>
      </div>
      <datalist id="people-groups">
        {groups.map((group) => (
          <option key={group} value={group} />
        ))}
      </datalist>
      {problem && <Alert type="error" showIcon message={problem} style={{ marginBottom: 12 }} />}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('save')}
        </Button>
        <Button onClick={onDone}>{t('cancel')}</Button>
      </div>
    </Form>
  );
}

export const useMayEditPeople = () => useHasRole('admin', 'hr');

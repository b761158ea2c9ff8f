// A change to a person from a day on, or a new person. The past stays as it was.
import { Alert, Button, Form, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';

import type { Person } from '../../api/schema';
import { useHasRole } from '../../shell/session';
import { useAttempt } from '../../shell/useAttempt';
import { groupsOf, positions, useAddPerson, useChangePerson, useUnits } from './data';
import { changed, newPerson, type Standing, standingOf } from './standing';

const day = /^\d{4}-\d{2}-\d{2}$/;
const asDay = '2026-11-01';

export function PersonForm({ person, onDone }: { person?: Person | undefined; onDone: () => void }) {
  const { t } = useTranslation('people');
  const units = useUnits();
  const put = useChangePerson(person?.staff_no ?? '');
  const add = useAddPerson();
  const { problem, busy, attempt } = useAttempt(t('notSaved'));
  const save = async ({ staff_no, ...standing }: Standing & { staff_no?: string }) => {
    if (person) await put.mutateAsync(changed(standing, person));
    else await add.mutateAsync(newPerson(standing, staff_no ?? ''));
    onDone();
  };
  const dayRule = { pattern: day, message: t('asDay') };
  const needed = (what: string) => ({ required: true, message: t('needed', { what }) });
  return (
    <Form<Standing & { staff_no?: string }>
      layout="vertical"
      initialValues={standingOf(person, dayjs().format('YYYY-MM-DD'))}
      onFinish={(typed) => void attempt(() => save({ ...standingOf(person, typed.from), ...typed }))}
    >
      <div className="form-grid">
        {!person && (
          <Form.Item name="staff_no" label={t('staffNo')} rules={[needed(t('staffNo'))]}>
            <Input />
          </Form.Item>
        )}
        <Form.Item name="name" label={t('name')} rules={[needed(t('name'))]}>
          <Input />
        </Form.Item>
        <Form.Item name="from" label={t(person ? 'effectiveFrom' : 'hiredOn')} rules={[needed(t('effectiveFrom')), dayRule]}>
          <Input placeholder={asDay} />
        </Form.Item>
        <Form.Item name="group" label={t('group')}>
          <Input list="people-groups" />
        </Form.Item>
        <Form.Item name="position" label={t('position')}>
          <Select options={positions.map((position) => ({ value: position, label: t(position) }))} />
        </Form.Item>
        <Form.Item name="probation_until" label={t('probationUntil')} rules={[dayRule]}>
          <Input placeholder={asDay} />
        </Form.Item>
        {person && (
          <Form.Item name="left_on" label={t('leftOn')} rules={[dayRule]}>
            <Input placeholder={asDay} />
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
        {groupsOf(units.data?.items ?? []).map((group) => (
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

export const useMayEditPeople = () => useHasRole('admin', 'hr', 'manager');

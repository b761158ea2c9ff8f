// The form's tables: the rounds, and who inspects.
import { Checkbox, DatePicker, InputNumber } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { PlanOutline } from '../../../api/schema';
import { DayRange } from '../../../shell/DayRange';
import { type DraftRound, type PlanDraft, signals, timesLikelier, withSignal } from './plan';

interface Props {
  draft: PlanDraft;
  outline: PlanOutline;
  put: (change: Partial<PlanDraft>) => void;
  faultOf: (pointer: string) => string | undefined;
}

const written = 'YYYY-MM-DD';
const firstCapacity = 40;
const likeliest = 100;

function Cell({ fault, children }: { fault: string | undefined; children: ReactNode }) {
  return (
    <td>
      {children}
      {fault && (
        <div className="fall" role="alert">
          {fault}
        </div>
      )}
    </td>
  );
}

export function RoundRows({ draft, put, faultOf }: Props) {
  const { t } = useTranslation('plans');
  const change = (at: number, changed: Partial<DraftRound>) =>
    put({ rounds: draft.rounds.map((round, nth) => (nth === at ? { ...round, ...changed } : round)) });
  return (
    <>
      <table className="plan-form-table">
        <thead>
          <tr>
            <th scope="col">{t('rounds')}</th>
            <th scope="col">{t('days')}</th>
            <th scope="col">{t('publishBefore')}</th>
            <th scope="col">{t('perAgent')}</th>
            <th scope="col">{t('total')}</th>
          </tr>
        </thead>
        <tbody>
          {draft.rounds.map((round, at) => (
            <tr key={round.round}>
              <td>{t('round', { round: round.round })}</td>
              <Cell fault={faultOf(`/rounds/${at}/first_day`) ?? faultOf(`/rounds/${at}/last_day`)}>
                <DayRange from={round.first_day} to={round.last_day} onChange={(first_day, last_day) => change(at, { first_day, last_day })} />
              </Cell>
              <Cell fault={faultOf(`/rounds/${at}/publish_before`)}>
                <DatePicker
                  allowClear={false}
                  aria-label={t('publishBefore')}
                  value={dayjs(round.publish_before)}
                  onChange={(day: dayjs.Dayjs | null) => day && change(at, { publish_before: day.format(written) })}
                />
              </Cell>
              <Cell fault={faultOf(`/rounds/${at}/per_agent`)}>
                <InputNumber
                  aria-label={`${t('perAgent')} ${t('round', { round: round.round })}`}
                  min={1}
                  max={1000}
                  precision={0}
                  value={round.per_agent}
                  onChange={(per_agent) => per_agent !== null && change(at, { per_agent })}
                  style={{ width: 80 }}
                />
              </Cell>
              <Cell fault={faultOf(`/rounds/${at}/total`)}>
                <InputNumber
                  aria-label={`${t('total')} ${t('round', { round: round.round })}`}
                  min={1}
                  max={1_000_000}
                  precision={0}
                  placeholder={t('totalIfNone')}
                  value={round.total ?? null}
                  onChange={(total) => change(at, { total })}
                  style={{ width: 120 }}
                />
              </Cell>
            </tr>
          ))}
        </tbody>
      </table>
      {faultOf('/rounds') && (
        <p className="fall" role="alert">
          {faultOf('/rounds')}
        </p>
      )}
    </>
  );
}

export function InspectorRows({ draft, outline, put, faultOf }: Props) {
  const { t } = useTranslation('plans');
  const placeOf = (staff: string) => draft.inspectors.findIndex(({ staff_no }) => staff_no === staff);
  const join = (staff_no: string, joins: boolean) =>
    put({
      inspectors: joins
        ? [...draft.inspectors, { staff_no, capacity: firstCapacity }]
        : draft.inspectors.filter((inspector) => inspector.staff_no !== staff_no),
    });
  const setCapacity = (staff_no: string, capacity: number) =>
    put({ inspectors: draft.inspectors.map((inspector) => (inspector.staff_no === staff_no ? { ...inspector, capacity } : inspector)) });
  if (outline.inspectors.length === 0) return <p className="quiet">{t('noCandidates')}</p>;
  return (
    <>
      <table className="plan-form-table">
        <thead>
          <tr>
            <th scope="col">{t('takesPart')}</th>
            <th scope="col">{t('capacity')}</th>
          </tr>
        </thead>
        <tbody>
          {outline.inspectors.map(({ staff_no, name }) => {
            const at = placeOf(staff_no);
            return (
              <tr key={staff_no}>
                <Cell fault={at < 0 ? undefined : faultOf(`/inspectors/${at}/staff_no`)}>
                  <Checkbox checked={at >= 0} onChange={(event) => join(staff_no, event.target.checked)}>
                    {name ?? staff_no} <span className="quiet">{name && staff_no}</span>
                  </Checkbox>
                </Cell>
                <Cell fault={at < 0 ? undefined : faultOf(`/inspectors/${at}/capacity`)}>
                  <InputNumber
                    aria-label={`${t('capacity')} ${name ?? staff_no}`}
                    min={1}
                    max={100_000}
                    precision={0}
                    disabled={at < 0}
                    value={draft.inspectors[at]?.capacity ?? null}
                    onChange={(capacity) => capacity !== null && setCapacity(staff_no, capacity)}
                    style={{ width: 90 }}
                  />
                </Cell>
              </tr>
            );
          })}
        </tbody>
      </table>
      {faultOf('/inspectors') && (
        <p className="fall" role="alert">
          {faultOf('/inspectors')}
        </p>
      )}
    </>
  );
}

// How many times likelier each signal makes a contact to be drawn.
export function SignalRows({ draft, put, faultOf }: Props) {
  const { t } = useTranslation('plans');
  return (
    <div className="form-grid">
      {signals.map((signal) => {
        const at = draft.signals?.findIndex((one) => one.signal === signal) ?? -1;
        const fault = at < 0 ? undefined : (faultOf(`/signals/${at}/adds`) ?? faultOf(`/signals/${at}`));
        return (
          <label key={signal} className="plan-field">
            <span>{t(`signal_${signal}`)}</span>
            <InputNumber
              size="small"
              min={1}
              max={likeliest}
              step={0.5}
              suffix={t('times')}
              value={timesLikelier(draft, signal)}
              onChange={(times) => put({ signals: withSignal(draft, signal, times ?? 1).signals ?? null })}
            />
            {fault && (
              <span className="fall" role="alert">
                {fault}
              </span>
            )}
          </label>
        );
      })}
    </div>
  );
}

// What the supervisor writes: the month in short, causes and measures. Kept on this machine until it is saved.
import { Alert, App, Button, DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';

import { Problem } from '../../../api/client';
import type { QualityReport, QualityReportTextInput } from '../../../api/schema';
import { useKept } from '../../../shell/kept';
import { useLabel } from '../../../shell/label';
import { Panel } from '../../../shell/Panel';
import { PersonSelect } from '../../../shell/PersonSelect';
import { itemsOf, useRubrics, useRubricWords } from '../rubric/rubrics';
import { useSaveReport } from './data';
import { emptyCause, textOf, written } from './figures';

type Cause = QualityReportTextInput['causes'][number];

function Shown({ report }: { report: QualityReport }) {
  const { t } = useTranslation('report');
  const words = useRubricWords();
  return (
    <>
      <Panel title={t('summary')}>
        {report.summary ? <p className="report-text">{report.summary}</p> : <p className="quiet">{t('noSummary')}</p>}
      </Panel>
      <Panel title={t('causes')} flush={report.causes.length > 0}>
        {report.causes.length === 0 && <p className="quiet">{t('noCauses')}</p>}
        {report.causes.length > 0 && (
          <div className="table-scroll" tabIndex={0} role="region" aria-label={t('causes')}>
            <table className="data-table report-causes">
              <thead>
                <tr>
                  {[t('about'), t('problem'), t('cause'), t('measure'), t('owner'), t('due')].map((name) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {report.causes.map((cause, at) => (
                  <tr key={at}>
                    <td>{cause.item ? words.item(cause.item) : t('wholeMonth')}</td>
                    <td className="wraps">{cause.problem}</td>
                    <td className="wraps">{cause.cause}</td>
                    <td className="wraps">{cause.measure}</td>
                    <td>{cause.owner_name ?? cause.owner ?? '—'}</td>
                    <td>{cause.due ?? '—'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Panel>
    </>
  );
}

function CauseFields({ cause, number, put, remove }: { cause: Cause; number: number; put: (change: Partial<Cause>) => void; remove: () => void }) {
  const { t } = useTranslation('report');
  const say = useLabel();
  const items = (useRubrics().data ?? []).flatMap(itemsOf);
  return (
    <li className="report-cause">
      <Select
        allowClear
        showSearch
        optionFilterProp="label"
        aria-label={`${t('about')} ${number}`}
        placeholder={t('wholeMonth')}
        value={cause.item || null}
        options={items.map(({ id, label }) => ({ value: id, label: say(label) }))}
        onChange={(item: string | undefined) => put({ item: item ?? '' })}
      />
      {(['problem', 'cause', 'measure'] as const).map((key) => (
        <Input.TextArea
          key={key}
          aria-label={`${t(key)} ${number}`}
          placeholder={t(key)}
          autoSize={{ minRows: 1, maxRows: 6 }}
          maxLength={2000}
          value={cause[key]}
          onChange={(event) => put({ [key]: event.target.value })}
        />
      ))}
      <div className="row">
        <PersonSelect label={t('owner')} value={cause.owner ?? null} onChange={(owner) => put({ owner })} />
        <DatePicker
          size="small"
          aria-label={`${t('due')} ${number}`}
          placeholder={t('due')}
          value={cause.due ? dayjs(cause.due) : null}
          onChange={(day: dayjs.Dayjs | null) => put({ due: day ? day.format('YYYY-MM-DD') : null })}
        />
        <Button type="text" size="small" aria-label={t('removeCause', { number })} onClick={remove}>
          {t('remove')}
        </Button>
      </div>
    </li>
  );
}

interface Writing {
  report: QualityReport;
  text: QualityReportTextInput;
  setText: (text: QualityReportTextInput | null) => void;
}

function Written({ report, text, setText }: Writing) {
  const { t } = useTranslation('report');
  const { message } = App.useApp();
  const save = useSaveReport(report.month);
  const causes = text.causes.length > 0 ? text.causes : [emptyCause];
  const putCauses = (changed: Cause[]) => setText({ ...text, causes: changed });
  const faults = save.error instanceof Problem ? save.error.errors.map(({ detail }) => detail) : [];
  const isStale = save.error instanceof Problem && save.error.status === 412;
  const send = () =>
    save.mutate(written(text), {
      onSuccess: () => {
        setText(null);
        void message.success(t('saved'));
      },
    });
  return (
    <>
      {save.isError && <Alert type="error" showIcon message={isStale ? t('stale') : faults.join(' ') || save.error.message} />}
      <Panel title={t('summary')}>
        <Input.TextArea
          aria-label={t('summary')}
          placeholder={t('summaryHint')}
          autoSize={{ minRows: 3, maxRows: 12 }}
          maxLength={8000}
          value={text.summary}
          onChange={(event) => setText({ ...text, summary: event.target.value })}
        />
      </Panel>
      <Panel title={t('causes')}>
        <ol className="report-writing">
          {causes.map((cause, at) => (
            <CauseFields
              key={at}
              cause={cause}
              number={at + 1}
              put={(change) => putCauses(causes.map((one, nth) => (nth === at ? { ...one, ...change } : one)))}
              remove={() => putCauses(causes.filter((_, nth) => nth !== at))}
            />
          ))}
        </ol>
        <Button size="small" onClick={() => putCauses([...causes, emptyCause])}>
          {t('addCause')}
        </Button>
      </Panel>
      <div className="row">
        <Button type="primary" loading={save.isPending} onClick={send}>
          {t('save')}
        </Button>
        <Button onClick={() => setText(null)}>{t('cancel')}</Button>
      </div>
    </>
  );
}

export function Text({ report }: { report: QualityReport }) {
  const { t } = useTranslation('report');
  const [text, setText] = useKept<QualityReportTextInput | null>(`quality-report.${report.month}`, null);
  const mayWrite = report.actions.includes('edit');
  if (mayWrite && text) return <Written report={report} text={text} setText={setText} />;
  return (
    <>
      <Shown report={report} />
      {mayWrite && (
        <div className="page-actions">
          <Button onClick={() => setText(textOf(report))}>{t('edit')}</Button>
        </div>
      )}
    </>
  );
}

// Which columns of an unknown table mean what, how its times are written and what its words stand for. The server
// proposes, the person decides, the preview shows it.
import { AutoComplete, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import type { ImportMapInput, ImportPreview, MapFieldInfo } from '../../api/schema';
import { useLabel } from '../../shell/label';
import { Panel } from '../../shell/Panel';
import { useMapFields } from './data';
import { cellsIn, durationFormats, filledAs, timeFormats, withField, withMeaning, wordsOf } from './map';

interface Props {
  map: ImportMapInput;
  preview: ImportPreview;
  onChange: (map: ImportMapInput) => void;
}

type FieldProps = Props & { info: MapFieldInfo };

const asOptions = (values: string[]) => values.map((value) => ({ value, label: value }));

function Meanings({ map, preview, info, onChange }: FieldProps) {
  const filled = filledAs(map, info.field);
  const cells = [...new Set([...cellsIn(preview, filled?.columns ?? []), ...(filled?.values ?? []).map(({ cell }) => cell)])];
  return (
    <div className="meanings">
      {cells.map((cell) => (
        <label key={cell}>
          <span>{cell}</span>
          <span aria-hidden>→</span>
          <Select
            size="small"
            allowClear
            aria-label={cell}
            value={filled?.values.find((value) => value.cell === cell)?.means ?? null}
            options={asOptions(wordsOf(info))}
            onChange={(means: string | undefined) => onChange(withMeaning(map, info.field, cell, means))}
            popupMatchSelectWidth={false}
            style={{ minWidth: 110 }}
          />
        </label>
      ))}
    </div>
  );
}

// How the field's cells are written.
function Written(props: FieldProps) {
  const { t } = useTranslation('imports');
  const { map, info, onChange } = props;
  const filled = filledAs(map, info.field);
  if (!filled || filled.columns.length === 0) return null;
  if (info.is_time) {
    return (
      <AutoComplete
        key={filled.time}
        size="small"
        aria-label={t('timeFormat')}
        placeholder="ISO 8601"
        defaultValue={filled.time ?? ''}
        options={asOptions(timeFormats)}
        onSelect={(time: string) => onChange(withField(map, info.field, { time }))}
        onBlur={(event) => onChange(withField(map, info.field, { time: (event.target as HTMLInputElement).value || null }))}
        style={{ width: 190 }}
      />
    );
  }
  if (info.is_duration) {
    return (
      <Select
        size="small"
        aria-label={t('durationFormat')}
        value={filled.duration ?? 's'}
        options={durationFormats.map((value) => ({ value, label: t(`duration_${value.replace(':', '')}`) }))}
        onChange={(duration: string) => onChange(withField(map, info.field, { duration }))}
        style={{ width: 190 }}
      />
    );
  }
  return info.words === '' ? null : <Meanings {...props} />;
}

function Row(props: FieldProps) {
  const { t } = useTranslation('imports');
  const say = useLabel();
  const { map, preview, info, onChange } = props;
  const filled = filledAs(map, info.field);
  const missing = info.required && !filled;
  return (
    <tr>
      <th scope="row">
        {say(info.label)} {info.required && <span className={missing ? 'fall' : 'quiet'}>{t('required')}</span>}
      </th>
      <td>
        <Select
          mode="multiple"
          size="small"
          aria-label={say(info.label)}
          status={missing ? 'error' : ''}
          placeholder={t('noColumn')}
          value={filled?.columns ?? []}
          options={asOptions(preview.columns)}
          onChange={(columns: string[]) => onChange(withField(map, info.field, { columns }))}
          style={{ width: '100%', minWidth: 180 }}
        />
      </td>
      <td>
        <Written {...props} />
      </td>
      <td className="quiet">{cellsIn(preview, filled?.columns ?? [])[0]}</td>
    </tr>
  );
}

export function MapWizard(props: Props) {
  const { t } = useTranslation('imports');
  const fields = useMapFields();
  return (
    <Panel title={t('mapTitle')} extra={<span className="quiet">{t('mapHint')}</span>}>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={t('mapTitle')}>
        <table className="plain-table map-table">
          <thead>
            <tr>
              <th scope="col">{t('meaning')}</th>
              <th scope="col">{t('columnsOf')}</th>
              <th scope="col">{t('written')}</th>
              <th scope="col">{t('example')}</th>
            </tr>
          </thead>
          <tbody>
            {(fields.data ?? []).map((info) => (
              <Row key={info.field} info={info} {...props} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

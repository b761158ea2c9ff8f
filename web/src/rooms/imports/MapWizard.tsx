// Which columns of an unknown table mean what. The server proposes, the person decides, the preview shows it.
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { type FieldMap, type FileMap, useMapFields } from './data';
import { withColumns } from './map';

interface Props {
  map: FileMap;
  columns: string[];
  onChange: (map: FileMap) => void;
}

export function MapWizard({ map, columns, onChange }: Props) {
  const { t, i18n } = useTranslation('imports');
  const fields = useMapFields(true);
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const chosen = (field: string): FieldMap | undefined => map.fields.find((entry) => entry.field === field);
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{t('meaning')}</th>
          <th scope="col">{t('columnsOf')}</th>
        </tr>
      </thead>
      <tbody>
        {(fields.data ?? []).map(({ field, label, required }) => (
          <tr key={field}>
            <td>
              {label[language]} {required && <span className="fall">{t('required')}</span>}
            </td>
            <td>
              <Select
                mode="multiple"
                size="small"
                aria-label={label[language]}
                placeholder={t('noColumn')}
                value={chosen(field)?.columns ?? []}
                options={columns.map((column) => ({ value: column, label: column }))}
                onChange={(picked: string[]) => onChange(withColumns(map, field, picked))}
                style={{ width: '100%', minWidth: 180 }}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

// The pack by clause: what the regulation says, which rule carries it out, with which figures.
import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Descriptions, Empty, Input, List, Skeleton, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router-dom';

import { get } from '../../api/client';
import type { Label } from '../../api/types';

interface Clause {
  id: string;
  title: Label;
  text: Label;
  source: string;
  coverage: 'computed' | 'recorded' | 'informative';
  reason: Label | null;
  rules: { label: Label; rule: string; parameters: { name: string; value: string }[] }[];
}

interface Regulation {
  pack: string;
  version: string;
  clauses: Clause[];
  problems: { place: string; severity: string; text: string }[];
}

const colours = { computed: 'green', recorded: 'blue', informative: 'default' } as const;

function useIn() {
  const { i18n } = useTranslation();
  return (label: Label) => (i18n.language === 'en' ? label.en : label.zh);
}

function OneClause({ clause }: { clause: Clause }) {
  const { t } = useTranslation('regulation');
  const say = useIn();
  return (
    <Card size="small" title={`${clause.id} ${say(clause.title)}`} extra={<Tag color={colours[clause.coverage]}>{t(clause.coverage)}</Tag>}>
      <Typography.Paragraph style={{ whiteSpace: 'pre-line' }}>{say(clause.text)}</Typography.Paragraph>
      {clause.reason && <Typography.Paragraph type="secondary">{say(clause.reason)}</Typography.Paragraph>}
      {clause.rules.map((rule) => (
        <Descriptions key={rule.rule} size="small" column={1} bordered title={say(rule.label)} style={{ marginTop: 8 }}>
          <Descriptions.Item label={t('rules')}>
            <code>{rule.rule}</code>
          </Descriptions.Item>
          {rule.parameters.map((parameter) => (
            <Descriptions.Item key={parameter.name} label={parameter.name}>
              {parameter.value}
            </Descriptions.Item>
          ))}
        </Descriptions>
      ))}
      <Typography.Paragraph className="quiet" style={{ marginTop: 8, marginBottom: 0 }}>
        {t('source')}: {clause.source}
      </Typography.Paragraph>
    </Card>
  );
}

export default function RegulationPage() {
  const { t } = useTranslation('regulation');
  const say = useIn();
  const navigate = useNavigate();
  const { clause: chosen } = useParams();
  const [asked, setAsked] = useState('');
  const regulation = useQuery({ queryKey: ['regulation'], queryFn: ({ signal }) => get<Regulation>('/regulation', signal) });
  if (regulation.isPending) return <Skeleton active className="page" />;
  if (!regulation.data) return <Empty className="page" description={regulation.error.message} />;
  const data = regulation.data;
  const matches = (clause: Clause) =>
    `${clause.id} ${say(clause.title)} ${say(clause.text)}`.toLowerCase().includes(asked.toLowerCase());
  const shown = data.clauses.filter(matches);
  const current = data.clauses.find((clause) => clause.id === chosen) ?? shown[0];
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('regulation')}</h1>
        <Tag>{data.pack}</Tag>
        <code className="quiet" title={data.version}>
          {data.version.slice(0, 12)}
        </code>
        <Input.Search aria-label={t('find')} placeholder={t('find')} allowClear onSearch={setAsked} style={{ width: 220 }} />
      </div>
      {data.problems.length === 0 ? (
        <Alert type="success" showIcon message={t('clean')} style={{ marginBottom: 12 }} />
      ) : (
        <Alert
          type="warning"
          showIcon
          message={t('problems')}
          description={data.problems.map((problem) => (
            <div key={problem.place + problem.text}>
              <code>{problem.place}</code> {problem.text}
            </div>
          ))}
          style={{ marginBottom: 12 }}
        />
      )}
      <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(360px, 100%), 1fr))', gap: 12, alignItems: 'start' }}>
        <List
          size="small"
          bordered
          dataSource={shown}
          renderItem={(clause) => (
            <List.Item
              className="row-link"
              tabIndex={0}
              onClick={() => navigate(`/regulation/${clause.id}`)}
              onKeyDown={(event) => event.key === 'Enter' && navigate(`/regulation/${clause.id}`)}
              aria-current={clause.id === current?.id}
              {...(clause.id === current?.id ? { style: { background: 'rgb(63 166 159 / 12%)' } } : {})}
            >
              <span>
                <strong>{clause.id}</strong> {say(clause.title)}
              </span>
              <Tag color={colours[clause.coverage]}>{t(clause.coverage)}</Tag>
            </List.Item>
          )}
        />
        {current && <OneClause clause={current} />}
      </div>
    </div>
  );
}

// Why a figure is what it is: the derivation the server recorded while computing, as a tree. Nothing is explained twice.
import { Drawer, Skeleton, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';

import type { Derivation } from '../../api/types';
import { wallClock } from '../../shell/format';
import { useWhy } from './data';

const factsShown = 8;

function Inputs({ inputs }: { inputs: Derivation['inputs'] }) {
  const { t } = useTranslation('appraisal');
  const [all, setAll] = useState(false);
  if (inputs.length === 0) return null;
  const shown = all ? inputs : inputs.slice(0, factsShown);
  return (
    <table style={{ fontSize: 12, borderSpacing: '10px 1px', margin: '2px 0 2px -10px' }} aria-label={t('facts')}>
      <tbody>
        {shown.map((input) => (
          <tr key={input.fact}>
            <td className="quiet">{wallClock(input.occurred_at)}</td>
            <td>{input.kind}</td>
            <td className="figure">{input.value ?? ''}</td>
            <td className="quiet">
              <code title={input.fact}>{input.fact.slice(0, 8)}</code>
            </td>
          </tr>
        ))}
        {shown.length < inputs.length && (
          <tr>
            <td colSpan={4}>
              <Typography.Link onClick={() => setAll(true)}>
                {t('moreFacts', { count: inputs.length - shown.length })}
              </Typography.Link>
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

function Node({ node, root = false }: { node: Derivation; root?: boolean }) {
  const { i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  return (
    <li>
      <div style={{ display: 'flex', gap: 8, alignItems: 'baseline', flexWrap: 'wrap' }}>
        <span style={{ fontWeight: root ? 600 : 400 }}>
          {node.label[language]} {node.detail}
        </span>
        <strong className="figure">
          {node.value ?? '—'} {node.unit}
        </strong>
        {node.clause && (
          <Link to={`/regulation/${node.clause}`}>
            <Tag style={{ marginInlineEnd: 0 }}>{node.clause}</Tag>
          </Link>
        )}
        {node.rule && <code className="quiet">{node.rule}</code>}
      </div>
      {node.arithmetic && <div className="quiet">= {node.arithmetic}</div>}
      <Inputs inputs={node.inputs} />
      {node.children.length > 0 && (
        <ul className="why-tree">
          {node.children.map((child, at) => (
            <Node key={at} node={child} />
          ))}
        </ul>
      )}
    </li>
  );
}

interface Props {
  period: string;
  staff: string;
  item: string | undefined;
  onClose: () => void;
}

export function WhyPanel({ period, staff, item, onClose }: Props) {
  const { t } = useTranslation('appraisal');
  const why = useWhy(period, staff, item);
  return (
    <Drawer open={item !== undefined} onClose={onClose} title={t('whyOf')} width="min(680px, 100vw)">
      {why.isPending && <Skeleton active />}
      {why.isError && <Typography.Text type="danger">{why.error.message}</Typography.Text>}
      {why.data && (
        <ul className="why-tree" style={{ borderLeft: 0, paddingLeft: 0 }}>
          <Node node={why.data.derivation} root />
        </ul>
      )}
    </Drawer>
  );
}

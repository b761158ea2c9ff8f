// Why a figure is what it is: the derivation the server recorded while computing, as a tree. Nothing is explained twice.
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { get } from '../../api/client';
import type { Label } from '../../api/schema';
import { band, placed, shortened, wallClock } from '../../shell/format';
import { useLabel, useUnit } from '../../shell/label';
import { usePrincipal } from '../../shell/session';
import type { Derivation } from './derivation';

const factsShown = 8;

interface ClauseText {
  id: string;
  title: Label;
  text: Label;
}

// The clauses' texts, for those who may read the regulation.
function useClauses() {
  const principal = usePrincipal();
  const regulation = useQuery({
    queryKey: ['regulation'],
    queryFn: ({ signal }) => get<{ clauses: ClauseText[] }>('/regulation', signal),
    enabled: principal.pages.includes('regulation'),
    staleTime: 600_000,
  });
  return new Map((regulation.data?.clauses ?? []).map((clause) => [clause.id, clause]));
}

function Inputs({ inputs }: { inputs: Derivation['inputs'] }) {
  const { t } = useTranslation('appraisal');
  const [all, setAll] = useState(false);
  if (inputs.length === 0) return null;
  const shown = all ? inputs : inputs.slice(0, factsShown);
  return (
    <>
      <table className="why-facts" aria-label={t('facts')}>
        <tbody>
          {shown.map((input) => (
            <tr key={input.fact}>
              <td className="quiet">{wallClock(input.occurred_at)}</td>
              <td>{t(`kind_${input.kind}`, { defaultValue: input.kind })}</td>
              <td className="figure">{input.value ?? ''}</td>
              <td>
                <code className="quiet" title={input.fact}>
                  {input.fact.slice(0, 8)}
                </code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < inputs.length && (
        <Button type="link" size="small" style={{ padding: 0 }} onClick={() => setAll(true)}>
          {t('moreFacts', { count: inputs.length - shown.length })}
        </Button>
      )}
    </>
  );
}

function Clause({ clause }: { clause: ClauseText }) {
  const label = useLabel();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="clause" aria-expanded={open} onClick={() => setOpen(!open)} style={{ background: 'none', cursor: 'pointer' }}>
        {clause.id} {open ? '▴' : '▾'}
      </button>
      {open && (
        <p className="clause-text" style={{ flexBasis: '100%' }}>
          <strong>{label(clause.title)}</strong>
          <br />
          {label(clause.text)}
        </p>
      )}
    </>
  );
}

function valueOf(node: Derivation, unit: (unit: string) => string): string {
  if (node.value === null) return '—';
  if (node.unit === 'yuan') return `¥${placed(node.value, 2)}`;
  if (/^-?\d+(\.\d+)?$/.test(node.value) && node.unit !== '') return `${shortened(node.value)} ${unit(node.unit)}`;
  return shortened(node.value);
}

function Node({ node, clauses, root = false }: { node: Derivation; clauses: Map<string, ClauseText>; root?: boolean }) {
  const label = useLabel();
  const unit = useUnit();
  const clause = clauses.get(node.clause);
  return (
    <li>
      <div className="why-line">
        <span style={{ fontWeight: root ? 600 : 400 }}>
          {label(node.label)} {node.detail}
        </span>
        <strong title={node.value ?? ''}>{valueOf(node, unit)}</strong>
        {clause ? <Clause clause={clause} /> : node.clause && <span className="clause">{node.clause}</span>}
        {node.rule && <code className="quiet">{node.rule}</code>}
      </div>
      {node.arithmetic && <div className="quiet" title={node.arithmetic}>
          = {band(shortened(node.arithmetic))}
        </div>}
      <Inputs inputs={node.inputs} />
      {node.children.length > 0 && (
        <ul className="why-tree">
          {node.children.map((child, at) => (
            <Node key={at} node={child} clauses={clauses} />
          ))}
        </ul>
      )}
    </li>
  );
}

export function WhyTree({ derivation }: { derivation: Derivation }) {
  const clauses = useClauses();
  return (
    <ul className="why-tree root">
      <Node node={derivation} clauses={clauses} root />
    </ul>
  );
}

// What a check says of a dialogue: its verdict, each condition with what it found or where it looked in vain, and the
// words with what was found marked on them.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { BenchCondition, BenchResult, Turn } from '../../../api/schema';
import { useLabel } from '../../../shell/label';
import { Mark, type Tone } from '../../../shell/Mark';
import { useLooked } from '../../contacts/FindingsPanel';
import { useOperators } from '../data';
import { sourceAt } from '../editor/yaml';
import { SaidWords } from './SaidWords';

interface Props {
  yaml: string; // that was asked
  said: BenchResult;
  turns: readonly Turn[];
  onLine: (line: number) => void;
}

const outcomes: Partial<Record<string, Tone>> = { hit: 'bad', missing: 'warn', asked: 'info', silent: 'good', unknown: 'info' };
const truths = { yes: 'good', no: 'plain', unknown: 'info' } as const;
const signs = { yes: '✓', no: '✗', unknown: '?' } as const;

type Truth = keyof typeof signs;

interface LineProps {
  source: string; // as it is written
  condition: BenchCondition;
  isFirst: boolean; // of its part
  isChosen: boolean;
  onChoose: () => void;
}

function ConditionLine({ source, condition, isFirst, isChosen, onChoose }: LineProps) {
  const { t } = useTranslation('checks');
  const say = useLabel();
  const looked = useLooked();
  const operators = useOperators().data?.operators ?? [];
  const operator = operators.find(({ name }) => name === condition.operation);
  const truth = condition.holds as Truth;
  return (
    <li style={{ paddingLeft: condition.depth * 18 }}>
      {isFirst && <h3>{t(`part_${condition.part}`)}</h3>}
      <button type="button" className="said-line" aria-pressed={isChosen} onClick={onChoose}>
        <span className={`said-sign said-${truth}`} aria-hidden>
          {signs[truth]}
        </span>
        <span>
          <strong>{operator ? say(operator.label) : condition.operation}</strong> <span className="quiet">{t('line', { line: condition.line })}</span>{' '}
          <Mark tone={truths[truth]}>{t(`holds_${truth}`)}</Mark>
          <code className="said-source">{source}</code>
          <span className="said-why quiet">
            {condition.places.length > 0 ? t('placesFound', { count: condition.places.length }) : operator?.scoped && truth !== 'yes' ? looked(condition.looked) : ''}
          </span>
        </span>
      </button>
    </li>
  );
}

export function Said({ yaml, said, turns, onLine }: Props) {
  const { t } = useTranslation('checks');
  const [chosen, setChosen] = useState<number>();
  const condition = chosen === undefined ? undefined : said.conditions[chosen];
  const places = condition?.places ?? said.hits;
  const choose = (at: number) => {
    const line = said.conditions[at]?.line;
    if (line !== undefined) onLine(line);
    setChosen(at === chosen ? undefined : at);
  };
  if (said.outcome === '') return <p className="quiet">{t('mendFirst')}</p>;
  return (
    <div className="said">
      <div className="stack">
        <div role="status">
          <Mark tone={outcomes[said.outcome] ?? 'plain'}>{t(`outcome_${said.outcome}`, { count: said.hits.length })}</Mark>{' '}
          <span className="quiet">{t(`outcomeHint_${said.outcome}`)}</span>
        </div>
        <ul className="said-conditions">
          {said.conditions.map((one, at) => (
            <ConditionLine
              key={at}
              source={sourceAt(yaml, one.line)}
              condition={one}
              isFirst={said.conditions[at - 1]?.part !== one.part}
              isChosen={at === chosen}
              onChoose={() => choose(at)}
            />
          ))}
        </ul>
      </div>
      <SaidWords turns={turns} places={places} title={t(condition ? 'placeOfCondition' : 'placeOfHit')} />
    </div>
  );
}

// A turn's words with what was found in them: the line below says how grave it is, the number which one it is.
import { Fragment } from 'react';

import type { Gravity } from '../../shell/Mark';
import { cut, type Span } from './pieces';
import './hits.css';

export interface MarkedSpan extends Span {
  title: string;
  gravity: Gravity;
  isModel?: boolean; // a model says so
}

interface Props {
  text: string;
  marks: readonly MarkedSpan[];
  chosen?: number | undefined;
  onChoose?: (number: number) => void;
}

const ranks: readonly Gravity[] = ['info', 'warn', 'bad'];

export function MarkedWords({ text, marks, chosen, onChoose }: Props) {
  if (marks.length === 0) return <>{text}</>;
  return (
    <>
      {cut(text, marks).map((piece, at) => {
        const there = marks.filter(({ number }) => piece.numbers.includes(number));
        const gravest = ranks.findLast((rank) => there.some(({ gravity }) => gravity === rank));
        const number = piece.numbers.at(-1);
        if (gravest === undefined || number === undefined) return <Fragment key={at}>{piece.text}</Fragment>;
        return (
          <mark
            key={at}
            className={`hit hit-${gravest} ${there.every(({ isModel }) => isModel) ? 'hit-model' : ''} ${chosen !== undefined && piece.numbers.includes(chosen) ? 'hit-chosen' : ''}`}
            title={there.map(({ title }) => title).join('\n')}
            data-number={piece.numbers.join(' ')}
            onClick={() => onChoose?.(number)}
          >
            {piece.text}
          </mark>
        );
      })}
    </>
  );
}

// The text of a check with its line numbers; a line that the compiler complains about carries a sign. Tab leaves the
// field, as it does everywhere.
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { CheckProblem } from '../../../api/schema';
import { signs } from '../../../shell/Mark';
import { indentBehind, tokensOf } from './yaml';

interface Props {
  yaml: string;
  problems: readonly CheckProblem[];
  line: number | undefined; // that is pointed at
  isRead: boolean; // and not written
  onChange: (yaml: string) => void;
}

const gravityOf = (severity: string | undefined) => (severity === 'error' ? 'bad' : severity === undefined ? undefined : 'warn');

export function YamlField({ yaml, problems, line: pointed, isRead, onChange }: Props) {
  const { t } = useTranslation('checks');
  const field = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number>();
  const lines = yaml.split('\n');
  useEffect(() => {
    if (caret.current === undefined) return;
    field.current?.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  }, [yaml]);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isRead || event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    const { selectionStart, selectionEnd, value } = event.currentTarget;
    const line = value.slice(value.lastIndexOf('\n', selectionStart - 1) + 1, selectionStart);
    const added = `\n${indentBehind(line)}`;
    event.preventDefault();
    caret.current = selectionStart + added.length;
    onChange(value.slice(0, selectionStart) + added + value.slice(selectionEnd));
  };
  const problemOn = (number: number) => problems.find(({ line }) => line === number);
  return (
    <div className="yaml">
      <div className="yaml-both">
        <pre className="yaml-shown" aria-hidden>
          {lines.map((text, at) => {
            const gravity = gravityOf(problemOn(at + 1)?.severity);
            return (
              <div key={at} className={['yaml-line', gravity && `yaml-${gravity}`, pointed === at + 1 && 'yaml-pointed'].filter(Boolean).join(' ')}>
                <span className="yaml-number">{gravity ? signs[gravity] : at + 1}</span>
                <span>
                  {tokensOf(text).map((token, index) => (
                    <span key={index} className={`yaml-${token.kind}`}>
                      {token.text}
                    </span>
                  ))}
                </span>
              </div>
            );
          })}
        </pre>
        <textarea
          ref={field}
          className="yaml-field"
          aria-label={t('yaml')}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          wrap="off"
          readOnly={isRead}
          value={yaml}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
    </div>
  );
}

// What the compiler says of the text, each with its line and the mend.
import { useTranslation } from 'react-i18next';

import type { CheckProblem } from '../../../api/schema';
import { useLabel } from '../../../shell/label';
import { Mark } from '../../../shell/Mark';
import type { Written } from './checkText';

export function Problems({ written, onLine }: { written: Written; onLine: (line: number) => void }) {
  const { t } = useTranslation('checks');
  const say = useLabel();
  const { problems, progress, failure } = written;
  const where = ({ line, place }: CheckProblem) => (line > 0 ? t('line', { line }) : place);
  return (
    <div className="problems" role="status">
      {progress === 'failed' && <Mark tone="warn">{failure || t('notRead')}</Mark>}
      {progress === 'busy' && <span className="quiet">{t('reading')}</span>}
      {progress === 'settled' && problems.length === 0 && <Mark tone="good">{t('noProblems')}</Mark>}
      <ul>
        {problems.map((problem, at) => (
          <li key={at}>
            <Mark tone={problem.severity === 'error' ? 'bad' : 'warn'}>{t(problem.severity === 'error' ? 'error' : 'warning')}</Mark>
            <div>
              {problem.line > 0 ? (
                <button type="button" className="cell-button problem-line" onClick={() => onLine(problem.line)}>
                  {where(problem)}
                </button>
              ) : (
                <code className="quiet">{where(problem)}</code>
              )}{' '}
              {say(problem.text)}
              {say(problem.mend) !== '' && <div className="quiet">{say(problem.mend)}</div>}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

// One finding of a result: what, where, what it cost and why; questions about it, and the appeal against it.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Appeal, FindingSpan, Inspection, InspectionFinding, InspectionMessage, Rubric, Turn } from '../../../api/schema';
import { useLabel } from '../../../shell/label';
import { Place } from '../shared/Place';
import { itemOf } from '../shared/rubric';
import { Said, Say } from '../shared/Thread';
import { useReadingWords } from '../shared/useReadingWords';
import { AppealForm } from './AppealForm';
import { AppealStory } from './AppealStory';

interface Props {
  inspection: Inspection;
  finding: InspectionFinding;
  rubric: Rubric;
  turns: readonly Turn[];
  appeal: Appeal | undefined;
  messages: readonly InspectionMessage[];
  own: boolean; // the reader's own result
  isPublic: boolean;
  chosen: boolean;
  onGo: (finding: InspectionFinding, span: FindingSpan) => void;
}

export function FindingEntry({ inspection, finding, rubric, turns, appeal, messages, own, isPublic, chosen, onGo }: Props) {
  const { t } = useTranslation('quality');
  const say = useLabel();
  const words = useReadingWords(rubric);
  const [doing, setDoing] = useState<'ask' | 'appeal'>();
  const item = itemOf(rubric, finding.item);
  const inTime = inspection.appeal_until !== null && new Date(inspection.appeal_until) > new Date();
  const canAppeal = own && isPublic && inTime && !appeal;
  const done = () => setDoing(undefined);
  return (
    <li id={`finding-${finding.number}`} className={chosen ? 'finding-entry finding-chosen' : 'finding-entry'}>
      <div className="row">
        <span className="finding-number">{finding.number}</span>
        <strong>{item ? say(item.label) : finding.item}</strong>
        <span className="fall">{words(finding.item, finding)}</span>
        <span className="grow" />
        <Place span={finding.span} turns={turns} onGo={(span) => onGo(finding, span)} />
      </div>
      <p className="told">{finding.reason}</p>
      {appeal && <AppealStory appeal={appeal} item={finding.item} rubric={rubric} own={own} />}
      {messages.length > 0 && <Said messages={messages} />}
      {doing === 'ask' && <Say inspection={inspection.key} finding={finding.number} autoFocus onSent={done} />}
      {doing === 'appeal' && <AppealForm inspection={inspection} finding={finding} rubric={rubric} onDone={done} />}
      {isPublic && doing === undefined && (
        <div className="row">
          <Button size="small" onClick={() => setDoing('ask')}>
            {t(messages.length > 0 || !own ? 'answer' : 'ask')}
          </Button>
          {canAppeal && (
            <Button size="small" onClick={() => setDoing('appeal')}>
              {t('appeal')}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

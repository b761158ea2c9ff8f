// The test bench: the check as it stands is asked about a pasted dialogue or a stored contact, anew whenever either
// changes, and every condition answers.
import { Radio } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Turn } from '../../../api/schema';
import { useKept } from '../../../shell/kept';
import { Trouble } from '../../../shell/Nothing';
import { Panel } from '../../../shell/Panel';
import { useTranscript } from '../../contacts/record';
import { ContactSelect } from './ContactSelect';
import { type Asked, useBench } from './data';
import { turnsOf } from './dialogue';
import { emptyPasted, type Pasted, PastedDialogue } from './PastedDialogue';
import { Said } from './Said';
import { useSettled } from './useSettled';
import './bench.css';

const sources = ['dialogue', 'contact'] as const;
type Source = (typeof sources)[number];

interface Props {
  yaml: string;
  ready: boolean; // it compiles
  onLine: (line: number) => void;
}

const asTurns = (pasted: Pasted): Turn[] =>
  turnsOf(pasted.text).map((turn) => ({ ...turn, start_ms: turn.start_ms ?? null, end_ms: turn.end_ms ?? null }));

function askedOf(source: Source, pasted: Pasted, contact: string | undefined): Asked | undefined {
  if (source === 'contact') return contact === undefined ? undefined : { contact };
  const turns = turnsOf(pasted.text);
  const measures = pasted.measures.filter(({ value }) => value !== '');
  const fields = pasted.fields.filter(({ value }) => value !== '');
  return turns.length === 0 ? undefined : { turns, channel: pasted.channel, measures, fields };
}

export function Bench({ yaml, ready, onLine }: Props) {
  const { t } = useTranslation('checks');
  const [source, setSource] = useKept<Source>('bench.source', 'dialogue');
  const [pasted, setPasted] = useKept<Pasted>('bench.dialogue', emptyPasted);
  const [contact, setContact] = useState<string>();
  const settled = useSettled(pasted);
  const asked = useMemo(() => askedOf(source, settled, contact), [source, settled, contact]);
  const answer = useBench(yaml, asked, ready);
  const transcript = useTranscript(contact ?? '', source === 'contact' && contact !== undefined);
  const turns = useMemo(() => (source === 'contact' ? (transcript.data?.turns ?? []) : asTurns(settled)), [source, transcript.data, settled]);
  return (
    <div className="bench">
      <Panel
        title={t('askedAbout')}
        extra={
          <Radio.Group size="small" optionType="button" aria-label={t('askedAbout')} value={source} onChange={(event) => setSource(event.target.value as Source)}>
            {sources.map((one) => (
              <Radio.Button key={one} value={one}>
                {t(`bench_${one}`)}
              </Radio.Button>
            ))}
          </Radio.Group>
        }
      >
        {source === 'dialogue' ? <PastedDialogue pasted={pasted} onChange={setPasted} /> : <ContactSelect value={contact} onChange={setContact} />}
      </Panel>
      <Panel title={t('answer')} extra={answer.isFetching && <span className="quiet">{t('asking')}</span>}>
        {asked === undefined && <p className="quiet">{t('askHint')}</p>}
        {asked !== undefined && !ready && <p className="quiet">{t('mendFirst')}</p>}
        {answer.isError && <Trouble problem={answer.error} onRetry={answer.refetch} />}
        {asked !== undefined && answer.data && !answer.isError && <Said yaml={yaml} said={answer.data} turns={turns} onLine={onLine} />}
      </Panel>
    </div>
  );
}

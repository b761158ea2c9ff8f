// The proof of a round's draw: what was committed to before, what was drawn from, and the draw made again.
import { Alert, Button, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';

import type { InspectionPlan, InspectionRound, Sample, SampleVerification } from '../../../api/schema';
import { wallClock } from '../../../shell/format';
import { useLabel } from '../../../shell/label';
import { Mark } from '../../../shell/Mark';
import { Trouble } from '../../../shell/Nothing';
import { Panel } from '../../../shell/Panel';
import { useSample, useVerifySample } from './data';

function Digest({ name, value, note }: { name: string; value: string | undefined; note: string }) {
  return (
    <div>
      <dt>
        {name} <span className="quiet">{value === undefined ? '' : note}</span>
      </dt>
      <dd>{value === undefined ? <span className="quiet">{note}</span> : <Typography.Text copyable={{ text: value }} code ellipsis>{value}</Typography.Text>}</dd>
    </div>
  );
}

function Verdict({ found }: { found: SampleVerification }) {
  const { t } = useTranslation('plans');
  const say = useLabel();
  if (found.holds) return <Alert type="success" showIcon message={t('holds')} />;
  return (
    <Alert
      type="error"
      showIcon
      message={t('holdsNot', { count: found.findings.length })}
      description={
        <ul>
          {found.findings.map(({ staff_no, what }, at) => (
            <li key={at}>
              {staff_no} {say(what)}
            </li>
          ))}
        </ul>
      }
    />
  );
}

function Shown({ plan, round, sample }: { plan: InspectionPlan; round: InspectionRound; sample: Sample }) {
  const { t } = useTranslation('plans');
  const say = useLabel();
  const verify = useVerifySample(plan.number, round.round);
  const { drawn } = sample;
  return (
    <>
      <p className="row">
        <Mark tone={sample.committed_before_period ? 'good' : 'warn'}>{t(sample.committed_before_period ? 'beforePeriod' : 'afterPeriod')}</Mark>
        {drawn && <span className="quiet">{t('frameOf', { strata: drawn.strata, contacts: drawn.contacts })}</span>}
        {drawn && <span className="quiet">{t('drawnRecords', { count: drawn.picks.filter(({ replaces }) => replaces === null).length })}</span>}
      </p>
      {sample.warning && <p className="quiet">{say(sample.warning)}</p>}
      <dl className="plan-digests">
        <Digest name={t('commitment')} value={sample.commitment} note={t('committedAt', { at: wallClock(sample.committed_at).slice(0, 16) })} />
        <Digest name={t('seed')} value={drawn?.seed} note={drawn ? '' : t('seedHidden')} />
        <Digest name={t('frame')} value={drawn?.frame} note={drawn ? '' : t('seedHidden')} />
      </dl>
      {drawn && drawn.replaced.length > 0 && (
        <ul className="plain-list" aria-label={t('replaced')}>
          {drawn.replaced.map((one) => (
            <li key={`${one.staff_no}-${one.place}`}>
              <span>{one.name ?? one.staff_no}</span> <span className="quiet">{t('replacedBy', one)}</span>
            </li>
          ))}
        </ul>
      )}
      {verify.isError && <Alert type="error" showIcon message={verify.error.message} />}
      {verify.data && <Verdict found={verify.data} />}
      {drawn && (
        <Button size="small" loading={verify.isPending} onClick={() => verify.mutate()}>
          {t('verify')}
        </Button>
      )}
    </>
  );
}

function OneProof({ plan, round }: { plan: InspectionPlan; round: InspectionRound }) {
  const { t } = useTranslation('plans');
  const sample = useSample(plan.number, round.round, plan.state !== 'draft');
  return (
    <Panel title={t('sampleOf', { round: round.round })}>
      {sample.isPending && <Skeleton active />}
      {sample.isError && <Trouble problem={sample.error} onRetry={sample.refetch} />}
      {sample.data && <Shown plan={plan} round={round} sample={sample.data} />}
    </Panel>
  );
}

export function Proofs({ plan }: { plan: InspectionPlan }) {
  if (plan.state === 'draft') return null;
  return (
    <div className="tiles plan-rounds">
      {plan.rounds.map((round) => (
        <OneProof key={round.round} plan={plan} round={round} />
      ))}
    </div>
  );
}

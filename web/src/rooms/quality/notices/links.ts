// Where a notice leads.
import type { QualityNotice } from '../../../api/schema';

// `object` is what the notice is about: an inspection "3-1-17", one of its findings "3-1-17/2", a batch "3001/4", a plan
// or a month; empty where it is about several.
const leads: Record<string, (object: string) => string> = {
  result_published: (object) => (object === '' ? '/results?state=published' : `/results/${object}`),
  appeal_filed: () => '/appeals',
  appeal_assigned: () => '/appeals',
  appeal_decided: (object) => `/results/${inspectionOf(object)}`,
  question_asked: (object) => `/results/${object}`,
  question_answered: (object) => `/results/${object}`,
  talk_due: () => '/review?tab=talks',
  batch_handed_in: (object) => `/review/${object}`,
  batch_sent_back: (object) => `/review/${object}`,
  plan_approved: (object) => `/plans/${object}`,
  report_submitted: (object) => `/quality-report/${object}`,
  report_approved: (object) => `/quality-report/${object}`,
  report_returned: (object) => `/quality-report/${object}`,
};

const inspectionOf = (object: string) => object.split('/')[0] ?? '';
const isOfRectification = (about: string) => about.startsWith('rectification_') || about.startsWith('extension_');

export function linkOf({ about, object }: Pick<QualityNotice, 'about' | 'object'>): string {
  if (isOfRectification(about)) return object === '' ? '/rectification' : `/rectification/${object}`;
  return leads[about]?.(object) ?? '/results';
}

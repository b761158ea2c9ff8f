// The text of a check, kept on this machine until it stands in a draft.
import { useEffect, useState, useSyncExternalStore } from 'react';

import { call } from '../../../api/client';
import type { CheckRead, CheckYaml } from '../../../api/schema';
import { keep, readKept } from '../../../shell/kept';
import { CheckText } from './checkText';
import { jsonOf } from './form';

interface Kept {
  yaml: string;
  base: string; // what it was made of
}

// `name`: of the place where it is written; `base`: the text it begins with. What was typed before on the same text is
// taken up again.
export function useCheckText(name: string, base: string) {
  const [text] = useState(() => {
    const kept = readKept<Kept | undefined>(name, undefined);
    return new CheckText(kept?.base === base ? kept.yaml : base, {
      read: (yaml) => call<CheckRead>('POST', '/checks/read', { yaml }),
      write: async (form) => (await call<CheckYaml>('POST', '/checks/write', { form: jsonOf(form) })).yaml,
      keep: (yaml) => keep(name, yaml === base ? undefined : { yaml, base }),
    });
  });
  useEffect(() => {
    text.start();
    return () => text.end();
  }, [text]);
  const written = useSyncExternalStore(text.subscribe, text.now);
  return { text, written, isChanged: written.yaml !== base, forget: () => keep(name, undefined) };
}

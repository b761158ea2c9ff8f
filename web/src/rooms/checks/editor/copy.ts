// A check of an included pack as the beginning of one of our own: the same under another id.
import type { CheckListed } from '../../../api/schema';

export const copyOf = ({ id, yaml }: Pick<CheckListed, 'id' | 'yaml'>): string =>
  yaml.startsWith(`${id}:`) ? `${id}_own${yaml.slice(id.length)}` : yaml;

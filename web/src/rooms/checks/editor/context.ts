// What the parts of the form know of the whole: the operators there are, and the named conditions of this check.
import { createContext, useContext } from 'react';

import type { CheckOperators } from '../../../api/schema';

export interface Surroundings {
  operators: CheckOperators;
  names: readonly string[];
}

export const SurroundingsContext = createContext<Surroundings>({ operators: { operators: [], scope: [], measures: [] }, names: [] });

export const useSurroundings = () => useContext(SurroundingsContext);

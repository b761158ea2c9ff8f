// The same measures with feelin, the FEEL engine of the JavaScript world. It has no way to parse once: every call parses.
import { readFileSync } from 'node:fs';
import { evaluate, unaryTest } from 'feelin';

const ROUNDS = 5;
const ROUND_MS = 200;

function rate(body) {
  const rates = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    let calls = 0;
    let passed = 0;
    while (passed < ROUND_MS) {
      for (let i = 0; i < 20; i += 1) body();
      calls += 20;
      passed = performance.now() - start;
    }
    rates.push((calls * 1000) / passed);
  }
  return rates.sort((a, b) => a - b)[(ROUNDS - 1) / 2];
}

// Since version 4, results come wrapped with their warnings.
const valueOf = (result) => (result !== null && typeof result === 'object' && 'value' in result ? result.value : result);

const { context, expressions, unary } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
for (const { name, text } of expressions) {
  if (valueOf(evaluate(text, context)) === null) throw new Error(`${name} gives null`);
  console.log(`${name} each ${rate(() => evaluate(text, context)).toFixed(0)}`);
}
for (const { name, text, input } of unary) {
  const scope = { ...context, '?': input };
  if (valueOf(unaryTest(text, scope)) === null) throw new Error(`${name} gives null`);
  console.log(`${name} each ${rate(() => unaryTest(text, scope)).toFixed(0)}`);
}

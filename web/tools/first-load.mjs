// What a browser fetches before the month page stands, compressed: fails over the limit. Run after the build.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const limit = 500 * 1024;
const shown = ['index', 'MonthPage', 'MonthCharts']; // chunks by name

const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));
const files = new Set(['index.html', 'icon.svg']);

function take(name) {
  const chunk = manifest[name];
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const other of chunk.imports ?? []) take(other);
}
for (const name of shown) {
  const found = Object.entries(manifest).find(([, chunk]) => chunk.name === name && (name !== 'index' || chunk.isEntry));
  if (!found) throw new Error(`no chunk is called ${name}`);
  take(found[0]);
}

const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(`dist/${file}`), { level: 6 }).length, 0);
console.log(`first load of the month page: ${(bytes / 1024).toFixed(0)} KB compressed in ${files.size} files (limit ${limit / 1024} KB)`);
if (bytes > limit) process.exit(1);

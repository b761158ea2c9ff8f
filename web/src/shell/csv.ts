// What is seen, as a file that spreadsheets open and that cannot smuggle a formula into them.

const isNumber = (text: string) => /^[+-]?\d+(\.\d+)?$/.test(text);
const startsFormula = (text: string) => /^[=+\-@\t\r]/.test(text);

function cell(text: string): string {
  const safe = startsFormula(text) && !isNumber(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe.startsWith("'") ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvOf(head: string[], rows: string[][]): string {
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

// Hands the browser a file; the byte order mark tells spreadsheets that it is UTF-8.
export function download(name: string, csv: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(['\uFEFF', csv], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

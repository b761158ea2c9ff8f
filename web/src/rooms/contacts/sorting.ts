// Sorting as the address and the server write it: the key, with a minus for the largest first.
type Order = 'ascend' | 'descend' | null;

export function sortOf(sort: string | undefined, key: string, usual: string): Order {
  const written = sort ?? `-${usual}`;
  if (written === key) return 'ascend';
  if (written === `-${key}`) return 'descend';
  return null;
}

export function sortText(key: string, order: Order): string | undefined {
  if (order === null) return undefined;
  return order === 'descend' ? `-${key}` : key;
}

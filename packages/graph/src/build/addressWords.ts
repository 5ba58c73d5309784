import type { Network } from '@vethscope/model';

/** "172.17.0.4" in 172.17.0.0/16 is ".4": what an address adds to its subnet. IPv6 keeps what follows the prefix: "::2". */
export function shortAddress(address: string, subnets: Network['subnets']): string {
  if (address.includes(':')) {
    for (const { subnet } of subnets) {
      const base = subnet.split('/')[0] ?? '';
      const stem = base.endsWith('::') ? base.slice(0, -2) : base;
      if (stem !== '' && address.startsWith(`${stem}:`)) return address.slice(stem.length);
    }
    return address;
  }
  const own = address.split('.');
  const base = subnets
    .map(({ subnet }) => subnet.split('/')[0] ?? '')
    .filter((subnet) => !subnet.includes(':'))
    .map((subnet) => subnet.split('.'))
    .find((subnet) => subnet[0] === own[0]);
  if (!base) return address;
  let same = 0;
  while (same < 3 && own[same] === base[same]) same += 1;
  return `.${own.slice(same).join('.')}`;
}

/** "10.0.0.2:80", "[fd00::2]:80". */
export function socketAddress(address: string, port: number | string): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

export function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

export function isAny(address: string): boolean {
  return address === '' || address === '0.0.0.0' || address === '::';
}

export function isLinkLocal(address: string): boolean {
  return address.startsWith('169.254.') || address.toLowerCase().startsWith('fe80:');
}

import type { NetfilterFamily } from '@vethscope/model';

/** How a family is marked beside a chain's name; IPv4 is what goes without saying. */
export function familyWord(family: NetfilterFamily): string | null {
  switch (family) {
    case 'ip':
      return null;
    case 'ip6':
      return 'v6';
    case 'inet':
    case 'arp':
    case 'bridge':
    case 'netdev':
      return family;
  }
}

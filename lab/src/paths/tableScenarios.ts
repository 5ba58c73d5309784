import type { PathScenario } from './pathScenario.ts';

const nft = (name: string, { family = 'inet', body }: { family?: string; body: string }): PathScenario => ({
  name,
  native: true,
  apply: `nft -f - <<'END'\ntable ${family} lab_table {\n${body}\n}\nEND`,
  undo: `nft delete table ${family} lab_table`,
});

/** Native nftables tables beside Docker's. */
export const tableScenarios: readonly PathScenario[] = [
  nft('firewalld rejects what it does not know', {
    body: `
  chain filter_INPUT {
    type filter hook input priority filter + 10; policy accept;
    ct state { established, related } accept
    ct status dnat accept
    iifname "lo" accept
    ct state invalid drop
    jump filter_INPUT_ZONES
    reject with icmpx admin-prohibited
  }
  chain filter_FORWARD {
    type filter hook forward priority filter + 10; policy accept;
    ct state { established, related } accept
    ct status dnat accept
    iifname "lo" accept
    ip6 daddr { ::/96, ::ffff:0.0.0.0/96, 2002::/24 } reject with icmpv6 addr-unreachable
    iifname "noicc0" reject with icmpx host-unreachable
  }
  chain filter_INPUT_ZONES {
    iifname "docker0" goto filter_IN_docker
    iifname "eth0" goto filter_IN_public
  }
  chain filter_IN_docker { accept; }
  chain filter_IN_public {
    tcp dport { 22, 7000 } ct state new,untracked accept
    meta l4proto { icmp, ipv6-icmp } accept
    udp dport 7001 return
  }`,
  }),
  nft('a native table accepts, which ends nothing', {
    body: `
  chain forward {
    type filter hook forward priority -10; policy accept;
    tcp dport 80 counter accept
    udp dport 53 accept
  }`,
  }),
  nft('a native table drops on forward by sets and maps', {
    body: `
  set banned { type ipv4_addr; flags interval; elements = { 203.0.113.0/24, 172.19.0.2-172.19.0.9 } }
  map verdicts { type ipv4_addr . inet_service : verdict; elements = { 172.30.1.100 . 80 : drop, 172.30.1.2 . 80 : jump counted } }
  chain counted { counter; }
  chain forward {
    type filter hook forward priority 10; policy accept;
    ip saddr @banned drop
    ip daddr . tcp dport vmap @verdicts
    ip6 daddr fd00:6::/64 tcp dport 80 reject with tcp reset
  }`,
  }),
  nft('chains of one priority, the newest first', {
    body: `
  chain older {
    type filter hook forward priority filter; policy accept;
    tcp dport 80 counter accept
  }
  chain newer {
    type filter hook forward priority filter; policy accept;
    ip daddr 172.30.1.100 drop
    udp dport 53 counter
  }
  chain prerouting {
    type filter hook prerouting priority raw; policy accept;
    tcp dport 8081 counter
  }
  chain input {
    type filter hook input priority filter; policy accept;
    tcp dport 7000 counter accept
  }
  chain nat_older {
    type nat hook prerouting priority dstnat; policy accept;
    tcp dport 7002 redirect to :7001
  }
  chain nat_newer {
    type nat hook prerouting priority dstnat; policy accept;
    tcp dport 7002 redirect to :7000
  }`,
  }),
  nft('a table that drops by policy', {
    body: `
  chain input {
    type filter hook input priority filter + 1; policy drop;
    iifname "lo" accept
    ct state vmap { established : accept, related : accept, invalid : drop }
    fib daddr . iif type != { local, broadcast, multicast } drop
    icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert } accept
    iifname != "eth0" tcp dport 8000-9999 accept
  }`,
  }),
  nft('nat of one’s own in nftables', {
    family: 'ip',
    body: `
  map targets { type inet_service : ipv4_addr . inet_service; elements = { 6666 : 172.17.0.4 . 80 } }
  chain prerouting {
    type nat hook prerouting priority -101; policy accept;
    iifname "eth0" dnat ip to tcp dport map @targets
    tcp dport 7002 redirect to :7000
  }
  chain postrouting {
    type nat hook postrouting priority 99; policy accept;
    ip saddr 172.20.0.0/16 oifname "eth0" masquerade
  }`,
  }),
  nft('marks in nftables, and raw drops', {
    body: `
  chain prerouting {
    type filter hook prerouting priority raw - 1; policy accept;
    ip daddr 172.18.0.0/16 iifname "eth0" drop
    meta mark set 0x20
    tcp dport 8081 notrack
  }
  chain forward {
    type filter hook forward priority filter - 1; policy accept;
    meta mark & 0xf0 == 0x20 ip protocol udp drop
    ct mark set meta mark
  }`,
  }),
];

import type { PathScenario } from './pathScenario.ts';

/** Routing, marks and the kernel's switches. */
export const routeScenarios: readonly PathScenario[] = [
  {
    name: 'marks and policy routing',
    apply: `
iptables -t mangle -A PREROUTING -i docker0 -p tcp --dport 9000 -j MARK --set-mark 0x7
iptables -t mangle -A OUTPUT -d 203.0.113.9 -j MARK --set-xmark 0x8/0xff
ip rule add fwmark 0x7 lookup 77 priority 700
ip route add blackhole default table 77
ip rule add fwmark 0x8 lookup 78 priority 701
ip route add unreachable 203.0.113.0/24 table 78`,
    undo: `
iptables -t mangle -D PREROUTING -i docker0 -p tcp --dport 9000 -j MARK --set-mark 0x7
iptables -t mangle -D OUTPUT -d 203.0.113.9 -j MARK --set-xmark 0x8/0xff
ip rule del priority 700
ip rule del priority 701
ip route flush table 77
ip route flush table 78`,
  },
  {
    name: 'a route that is unreachable, and one that is prohibited',
    apply:
      'ip route add unreachable 203.0.113.0/24\nip route add prohibit 172.19.0.3/32\nip -6 route add unreachable 2001:db8:9::/64',
    undo: 'ip route del unreachable 203.0.113.0/24\nip route del prohibit 172.19.0.3/32\nip -6 route del unreachable 2001:db8:9::/64',
  },
  {
    name: 'icc=false without netfilter on bridges',
    apply: 'sysctl -qw net.bridge.bridge-nf-call-iptables=0 net.bridge.bridge-nf-call-ip6tables=0',
    undo: 'sysctl -qw net.bridge.bridge-nf-call-iptables=1 net.bridge.bridge-nf-call-ip6tables=1',
  },
  {
    name: 'forwarding is off',
    apply: 'sysctl -qw net.ipv4.ip_forward=0',
    undo: 'sysctl -qw net.ipv4.ip_forward=1',
  },
  {
    name: 'forwarding is off on one bridge',
    apply: 'sysctl -qw net.ipv4.conf.docker0.forwarding=0',
    undo: 'sysctl -qw net.ipv4.conf.docker0.forwarding=1',
  },
  {
    name: 'rp_filter is strict, and the way back is by another link',
    apply: `
sysctl -qw net.ipv4.conf.all.rp_filter=1
ip link add rp0 type bridge
ip addr add 203.0.113.77/24 dev rp0
ip link set rp0 up
ip route add 172.17.0.4/32 dev rp0`,
    undo: `
ip route del 172.17.0.4/32 dev rp0
ip link del rp0
sysctl -qw net.ipv4.conf.all.rp_filter=0`,
  },
  {
    name: 'rp_filter is loose, and there is no way back',
    apply: `
sysctl -qw net.ipv4.conf.eth0.rp_filter=2 net.ipv4.conf.docker0.rp_filter=2
ip route add blackhole 203.0.113.0/24
ip route add unreachable 172.17.0.4/32`,
    undo: `
ip route del blackhole 203.0.113.0/24
ip route del unreachable 172.17.0.4/32
sysctl -qw net.ipv4.conf.eth0.rp_filter=0 net.ipv4.conf.docker0.rp_filter=0`,
  },
  {
    name: 'what the host refuses is not told',
    apply: `
iptables -I OUTPUT -p tcp --tcp-flags RST RST -j DROP
iptables -I OUTPUT -p icmp --icmp-type 3 -j DROP
ip6tables -I OUTPUT -p tcp --tcp-flags RST RST -j DROP
iptables -I FORWARD -p tcp --tcp-flags RST RST -j DROP
iptables -I FORWARD -p icmp -m conntrack --ctstate RELATED -j DROP
iptables -A INPUT -p tcp --dport 7002 -j REJECT
iptables -A INPUT -p tcp --dport 7000 -j REJECT --reject-with tcp-reset`,
    undo: `
iptables -D OUTPUT -p tcp --tcp-flags RST RST -j DROP
iptables -D OUTPUT -p icmp --icmp-type 3 -j DROP
ip6tables -D OUTPUT -p tcp --tcp-flags RST RST -j DROP
iptables -D FORWARD -p tcp --tcp-flags RST RST -j DROP
iptables -D FORWARD -p icmp -m conntrack --ctstate RELATED -j DROP
iptables -D INPUT -p tcp --dport 7002 -j REJECT
iptables -D INPUT -p tcp --dport 7000 -j REJECT --reject-with tcp-reset`,
  },
  {
    name: 'a bridge whose subnet shadows a route',
    apply: `
ip link add shadow0 type bridge
ip addr add 203.0.113.77/24 dev shadow0
ip link set shadow0 up`,
    undo: 'ip link del shadow0',
  },
];

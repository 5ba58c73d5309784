import type { PathScenario } from './pathScenario.ts';
import { rejectScenarios } from './rejectScenarios.ts';
import { routeScenarios } from './routeScenarios.ts';
import { tableScenarios } from './tableScenarios.ts';

/** Rules that people write beside Docker's: every one is loaded on a host with the zoo, asked, and taken away. */
export const scenarios: readonly PathScenario[] = [
  {
    name: 'DOCKER-USER drops by source',
    apply: 'iptables -I DOCKER-USER -s 203.0.113.9 -j DROP',
    undo: 'iptables -D DOCKER-USER -s 203.0.113.9 -j DROP',
  },
  {
    name: 'DOCKER-USER drops and rejects by the port that was asked for',
    apply: `
iptables -I DOCKER-USER -i eth0 -p tcp -m conntrack --ctorigdstport 8080 --ctdir ORIGINAL -j DROP
iptables -I DOCKER-USER -i eth0 -p tcp -m conntrack --ctorigdst $HOST --ctorigdstport 8081 -j REJECT --reject-with tcp-reset`,
    undo: `
iptables -D DOCKER-USER -i eth0 -p tcp -m conntrack --ctorigdstport 8080 --ctdir ORIGINAL -j DROP
iptables -D DOCKER-USER -i eth0 -p tcp -m conntrack --ctorigdst $HOST --ctorigdstport 8081 -j REJECT --reject-with tcp-reset`,
  },
  {
    name: 'ufw denies on INPUT',
    apply: `
iptables -N ufw-before-input
iptables -N ufw-user-input
iptables -A ufw-before-input -i lo -j ACCEPT
iptables -A ufw-before-input -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
iptables -A ufw-before-input -m conntrack --ctstate INVALID -j DROP
iptables -A ufw-before-input -p icmp -m icmp --icmp-type 8 -j ACCEPT
iptables -A ufw-before-input -j ufw-user-input
iptables -A ufw-user-input -p tcp -m multiport --dports 22,7000 -m comment --comment 'dapp_lab' -j ACCEPT
iptables -A ufw-user-input -p udp --dport 7001 -j RETURN
iptables -A INPUT -j ufw-before-input
iptables -P INPUT DROP`,
    undo: `
iptables -P INPUT ACCEPT
iptables -D INPUT -j ufw-before-input
iptables -F ufw-before-input
iptables -F ufw-user-input
iptables -X ufw-before-input
iptables -X ufw-user-input`,
  },
  {
    name: 'ipsets in DOCKER-USER',
    apply: `
ipset create lab_nets hash:net
ipset add lab_nets 203.0.113.0/24
ipset create lab_ports hash:ip,port
ipset add lab_ports 172.30.1.2,tcp:80
iptables -I DOCKER-USER -m set --match-set lab_ports dst,dst -j DROP
iptables -I DOCKER-USER -p tcp --dport 80 -m set --match-set lab_nets src -j REJECT`,
    undo: `
iptables -D DOCKER-USER -m set --match-set lab_ports dst,dst -j DROP
iptables -D DOCKER-USER -p tcp --dport 80 -m set --match-set lab_nets src -j REJECT
ipset destroy lab_nets
ipset destroy lab_ports`,
  },
  {
    name: 'goto, negation and port ranges',
    apply: `
iptables -N LAB-A
iptables -N LAB-B
iptables -A LAB-A -p tcp ! --dport 80:90 -g LAB-B
iptables -A LAB-A ! -s 172.16.0.0/12 -p tcp -m tcp --tcp-flags SYN,RST SYN -j RETURN
iptables -A LAB-A -m iprange --src-range 172.17.0.2-172.17.0.3 -j DROP
iptables -A LAB-B -p udp -j RETURN
iptables -A LAB-B -o eth0 -j DROP
iptables -I DOCKER-USER -j LAB-A`,
    undo: `
iptables -D DOCKER-USER -j LAB-A
iptables -F LAB-A
iptables -F LAB-B
iptables -X LAB-A
iptables -X LAB-B`,
  },
  {
    name: 'connections that are not tracked are not translated',
    apply: 'iptables -t raw -A PREROUTING -i eth0 -p tcp --dport 8080 -j CT --notrack',
    undo: 'iptables -t raw -D PREROUTING -i eth0 -p tcp --dport 8080 -j CT --notrack',
  },
  {
    name: 'REDIRECT, DNAT and SNAT of one’s own',
    apply: `
iptables -t nat -I PREROUTING -p tcp --dport 6666 -j REDIRECT --to-ports 7000
iptables -t nat -I PREROUTING -i eth0 -p tcp --dport 9090 -j DNAT --to-destination 172.17.0.4:80
iptables -t nat -I OUTPUT -p tcp -d 172.30.1.77 --dport 80 -j DNAT --to-destination 172.30.1.2
iptables -t nat -I POSTROUTING -s 172.30.1.0/24 -o eth0 -j SNAT --to-source $HOST`,
    undo: `
iptables -t nat -D PREROUTING -p tcp --dport 6666 -j REDIRECT --to-ports 7000
iptables -t nat -D PREROUTING -i eth0 -p tcp --dport 9090 -j DNAT --to-destination 172.17.0.4:80
iptables -t nat -D OUTPUT -p tcp -d 172.30.1.77 --dport 80 -j DNAT --to-destination 172.30.1.2
iptables -t nat -D POSTROUTING -s 172.30.1.0/24 -o eth0 -j SNAT --to-source $HOST`,
  },
  ...rejectScenarios,
  ...routeScenarios,
  ...tableScenarios,
];

import type { Snapshot } from '@vethscope/model';
import ipaddr from 'ipaddr.js';
import { indexSnapshot, type SnapshotIndex } from '../build/snapshotIndex.ts';
import type { Graph, GraphNode } from '../graph.ts';
import type { FindExpression, FindTerm } from './findExpression.ts';
import { containerSubject, linkSubject, networkSubject, portSubject, type Subject } from './subjects.ts';

/** The ids of the nodes that an expression finds. A card is found by any of the containers in its sandbox. Without terms: none. */
export function matchGraph(expression: FindExpression, snapshot: Snapshot, graph: Graph): Set<string> {
  const hits = new Set<string>();
  if (expression.terms.length === 0) return hits;
  const index = indexSnapshot(snapshot);
  for (const node of graph.nodes) {
    if (subjectsOf(index, node).some((subject) => expression.terms.every((term) => holds(term, subject))))
      hits.add(node.id);
  }
  return hits;
}

function subjectsOf(index: SnapshotIndex, node: GraphNode): Subject[] {
  const { records } = index.snapshot;
  switch (node.kind) {
    case 'container':
      return node.records.flatMap((id) => {
        const container = records.container[id];
        return container ? [containerSubject(index, container)] : [];
      });
    case 'network': {
      const network = records.network[node.id];
      return network ? [networkSubject(index, network)] : [];
    }
    case 'port': {
      const ports = node.records.flatMap((id) => records.publishedPort[id] ?? []);
      return ports.length > 0 ? [portSubject(index, ports)] : [];
    }
    case 'hostLink': {
      const link = records.link[node.id];
      return link ? [linkSubject(index, link)] : [];
    }
    case 'host':
    case 'outside':
    case 'chip':
    case 'plug':
    case 'tray':
    case 'panel':
      return [];
  }
}

function holds(term: FindTerm, subject: Subject): boolean {
  return term.values.some((value) => valueHolds(term, value, subject)) !== term.negated;
}

function valueHolds(term: FindTerm, value: string, subject: Subject): boolean {
  switch (term.field) {
    case null:
      return (
        anyText(
          [...subject.names, ...subject.images, ...subject.projects, ...subject.services, ...subject.links],
          value,
        ) ||
        subject.addresses.some((address) => address.startsWith(value)) ||
        subject.prefixes.some((prefix) => prefix.startsWith(value)) ||
        subject.ports.some((port) => String(port) === value)
      );
    case 'name':
      return anyText(subject.names, value);
    case 'net':
      return anyText(subject.nets, value);
    case 'ip':
      return ipHolds(value, subject);
    case 'port': {
      const [from, to] = value.split('-').map(Number);
      return subject.ports.some((port) => port >= (from ?? 0) && port <= (to ?? from ?? 0));
    }
    case 'driver':
      return subject.drivers.some((driver) => driver === value.toLowerCase());
    case 'label': {
      const equals = value.indexOf('=');
      const key = equals < 0 ? value : value.slice(0, equals);
      return Object.entries(subject.labels).some(
        ([name, has]) => matchesText(name, key) && (equals < 0 || matchesText(has, value.slice(equals + 1))),
      );
    }
    case 'image':
      return anyText(subject.images, value);
    case 'is':
      return subject.is.has(value.toLowerCase());
    case 'state':
      return subject.state === value.toLowerCase();
    case 'project':
      return anyText(subject.projects, value);
    case 'service':
      return anyText(subject.services, value);
    case 'link':
      return anyText(subject.links, value);
    case 'mac':
      return subject.macs.some((mac) => mac.toLowerCase().startsWith(value.toLowerCase()));
  }
}

function anyText(texts: string[], value: string): boolean {
  return texts.some((text) => matchesText(text, value));
}

/** Anywhere in the text, whatever the case; with a star, the whole text must fit the pattern. */
function matchesText(text: string, value: string): boolean {
  const [have, want] = [text.toLowerCase(), value.toLowerCase()];
  if (!want.includes('*')) return have.includes(want);
  const parts = want.split('*');
  let at = 0;
  for (const [position, part] of parts.entries()) {
    if (position === 0) {
      if (!have.startsWith(part)) return false;
      at = part.length;
    } else if (position === parts.length - 1) {
      return have.length - part.length >= at && have.endsWith(part);
    } else {
      const found = have.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
  }
  return true;
}

function ipHolds(value: string, subject: Subject): boolean {
  if (ipaddr.isValidCIDR(value)) {
    const prefix = ipaddr.parseCIDR(value);
    const inside = (address: string) => {
      if (!ipaddr.isValid(address)) return false;
      const parsed = ipaddr.parse(address);
      return parsed.kind() === prefix[0].kind() && parsed.match(prefix);
    };
    return subject.addresses.some(inside) || subject.prefixes.some((each) => inside(each.split('/')[0] ?? ''));
  }
  if (/^\d+\.\d+\.\d+\.\d+$/.test(value) || (value.includes(':') && ipaddr.isValid(value))) {
    const wanted = ipaddr.parse(value);
    const same = (address: string) => ipaddr.isValid(address) && ipaddr.parse(address).toString() === wanted.toString();
    const holdsIt = (prefix: string) => {
      if (!ipaddr.isValidCIDR(prefix)) return false;
      const parsed = ipaddr.parseCIDR(prefix);
      return parsed[0].kind() === wanted.kind() && wanted.match(parsed);
    };
    return subject.addresses.some(same) || subject.prefixes.some(holdsIt);
  }
  return [...subject.addresses, ...subject.prefixes].some((address) => address.startsWith(value));
}

import type { IptablesBody, IptablesMatch, IptablesTarget, Rule, RuleMentions } from '@vethscope/model';
import type { NumberRange } from './iptablesNumbers.ts';
import { Mentions } from './mentionList.ts';

export { jumpsOfNft, mentionsOfNft, translationOfNft, verdictOfNft, verdictTargets } from './nftMentions.ts';

/** "80", or "8000-8003" of a range. */
export function portText(ports: NumberRange): string {
  return ports.from === ports.to ? String(ports.from) : `${ports.from}-${ports.to}`;
}

/** The chain that a rule jumps or goes to. */
export function jumpTarget({ target }: IptablesBody): string | null {
  return target?.kind === 'jump' || target?.kind === 'goto' ? target.chain : null;
}

export function verdictOfIptables({ target }: IptablesBody): Rule['verdict'] {
  switch (target?.kind) {
    case 'accept':
    case 'drop':
    case 'reject':
    case 'return':
    case 'queue':
      return target.kind;
    default:
      return null;
  }
}

/** NETMAP translates the destination, but in POSTROUTING and INPUT the source; `kind` is the one that its place gives it. */
export function translationOfIptables({ target }: IptablesBody): Rule['translation'] {
  switch (target?.kind) {
    case 'dnat':
    case 'snat': {
      const { address, addressTo, ports, kind } = target;
      const text = address !== null && addressTo !== null ? `${address}-${addressTo}` : address;
      return { kind, address: text, port: ports && portText(ports) };
    }
    case 'masquerade':
    case 'redirect':
      return { kind: target.kind, address: null, port: target.ports && portText(target.ports) };
    default:
      return null;
  }
}

export function mentionsOfIptables({ matches, target }: IptablesBody): RuleMentions {
  const mentions = new Mentions();
  for (const match of matches) mentionMatch(match, mentions);
  if (target !== null) mentionTarget(target, mentions);
  return mentions.done();
}

function mentionMatch(match: IptablesMatch, mentions: Mentions): void {
  switch (match.kind) {
    case 'source':
    case 'destination':
    case 'ctAddress':
      mentions.add('addresses', match.prefix);
      return;
    case 'iprange':
      mentions.add('addresses', `${match.from}-${match.to}`);
      return;
    case 'inLink':
    case 'outLink':
    case 'physdev':
      mentions.add('links', match.name);
      return;
    case 'sourcePort':
    case 'destinationPort':
    case 'ctPort':
      mentions.add('ports', portText(match.ports));
      return;
    case 'multiport':
      for (const ports of match.ports) mentions.add('ports', portText(ports));
      return;
    case 'set':
      mentions.add('sets', match.name);
      return;
    case 'ipvs':
      if (match.test === 'address') mentions.add('addresses', match.value);
      if (match.test === 'port') mentions.add('ports', match.value);
      return;
    default:
      return;
  }
}

function mentionTarget(target: IptablesTarget, mentions: Mentions): void {
  switch (target.kind) {
    case 'dnat':
    case 'snat':
      mentions.add('addresses', target.addressTo === null ? target.address : `${target.address}-${target.addressTo}`);
      if (target.ports) mentions.add('ports', portText(target.ports));
      return;
    case 'masquerade':
    case 'redirect':
      if (target.ports) mentions.add('ports', portText(target.ports));
      return;
    case 'netmap':
    case 'npt':
      mentions.add('addresses', target.to);
      return;
    case 'tproxy':
      mentions.add('addresses', target.address);
      mentions.add('ports', String(target.port));
      return;
    case 'passing':
    case 'stateful':
      if (target.name === 'SET') {
        const at = target.words.findIndex((word) => /^--(add|del|map)-set$/.test(word));
        if (at >= 0) mentions.add('sets', target.words[at + 1]);
      }
      return;
    default:
      return;
  }
}

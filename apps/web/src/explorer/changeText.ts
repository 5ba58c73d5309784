import type { Snapshot } from '@vethscope/model';
import type { WhatIf } from '@vethscope/path';
import { t } from '../text/text.ts';
import { withPort } from './ends.ts';

function chainName({ records }: Snapshot, id: string): string {
  const chain = records.chain[id];
  const table = records.table[chain?.table ?? ''];
  return chain === undefined ? id : `${table?.family ?? ''} ${table?.name ?? ''} ${chain.name}`.trim();
}

/** A what-if change in a few words. */
export function changeText(snapshot: Snapshot, change: WhatIf): string {
  const words = t.explorer.changes;
  switch (change.kind) {
    case 'lift': {
      const rule = snapshot.records.rule[change.rule];
      return rule === undefined ? words.liftGone : `${words.lift} ${rule.text}`;
    }
    case 'accept':
      return words.accept(chainName(snapshot, change.chain));
    case 'open': {
      const what = `${change.protocol} ${withPort(change.address, change.port)}`;
      return words.open(what, chainName(snapshot, change.chain));
    }
    case 'listen': {
      const place = change.container ?? t.host;
      return words.listen(place, `${change.protocol} ${withPort(change.address, change.port)}`);
    }
    case 'sysctl':
      return words.sysctl(change.name, change.value);
  }
}

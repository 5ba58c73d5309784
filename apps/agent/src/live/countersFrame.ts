import { type Counters, type CountersFrame, ids, type LinkReading } from '@vethscope/model';

export interface CountedSandbox {
  sandbox: string;
  links: readonly LinkReading[];
}

/** Counters of links by column. `rules`: those that differ from what was last told. */
export function countersFrame(
  at: string,
  sandboxes: readonly CountedSandbox[],
  rules: { now: Counters['rules']; told: Counters['rules'] },
): CountersFrame {
  const frame: CountersFrame = {
    at,
    links: [],
    rxBytes: [],
    rxPackets: [],
    txBytes: [],
    txPackets: [],
    dropped: [],
    rules: [],
    rulePackets: [],
    ruleBytes: [],
  };
  for (const { sandbox, links } of sandboxes) {
    for (const { ifindex, stats64 } of links) {
      if (!stats64) continue;
      frame.links.push(ids.link(sandbox, ifindex));
      frame.rxBytes.push(stats64.rx.bytes);
      frame.rxPackets.push(stats64.rx.packets);
      frame.txBytes.push(stats64.tx.bytes);
      frame.txPackets.push(stats64.tx.packets);
      frame.dropped.push((stats64.rx.dropped ?? 0) + (stats64.tx.dropped ?? 0));
    }
  }
  for (const [id, { packets, bytes }] of Object.entries(rules.now)) {
    const told = rules.told[id];
    if (told && told.packets === packets && told.bytes === bytes) continue;
    frame.rules.push(id);
    frame.rulePackets.push(packets);
    frame.ruleBytes.push(bytes);
  }
  return frame;
}

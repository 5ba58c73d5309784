import type { Counters, CountersFrame } from '@vethscope/model';
import type { CountersStore, LinkRates, RateSample } from '../topology/canvasProps.ts';

/** How many samples a sparkline has: a minute of frames. */
const keptSamples = 60;
/** A rate over less than this says more about the clock than about the traffic. */
const shortestMs = 200;

interface RuleCount {
  packets: number;
  bytes: number;
}

export interface LiveCounters extends CountersStore {
  /** Starts anew from what a full Snapshot counted. */
  seed(counters: Counters): void;
  frame(frame: CountersFrame): void;
  /** null: no reading has counted this rule. */
  rule(ruleId: string): RuleCount | null;
  subscribeRule(ruleId: string, listener: () => void): () => void;
  /** Another picture than the live one is shown: from now on its counts are given, and no rates. null: the live ones again. */
  freeze(counters: Counters | null): void;
}

interface LinkState {
  at: number;
  rxBytes: number;
  txBytes: number;
  rates: LinkRates | null;
  samples: readonly RateSample[];
}

/** Bytes a second between two readings; null where the later one is no continuation (the link was made anew, the clock was set back). */
export function rateBetween(before: number, after: number, ms: number): number | null {
  if (ms <= 0 || after < before) return null;
  return ((after - before) * 1000) / ms;
}

const none: readonly RateSample[] = [];

function subscription(listeners: Map<string, Set<() => void>>) {
  return (id: string, listener: () => void) => {
    const known = listeners.get(id) ?? new Set();
    listeners.set(id, known.add(listener));
    return () => {
      known.delete(listener);
      if (known.size === 0 && listeners.get(id) === known) listeners.delete(id);
    };
  };
}

export function createCountersStore(): LiveCounters {
  let links = new Map<string, LinkState>();
  let rules = new Map<string, RuleCount>();
  let frozen: Counters | null = null;
  const linkListeners = new Map<string, Set<() => void>>();
  const ruleListeners = new Map<string, Set<() => void>>();
  const tell = (listeners: Map<string, Set<() => void>>, id: string) => {
    for (const listener of [...(listeners.get(id) ?? [])]) listener();
  };

  const tellAll = () => {
    for (const id of linkListeners.keys()) tell(linkListeners, id);
    for (const id of ruleListeners.keys()) tell(ruleListeners, id);
  };

  const countLink = (id: string, at: number, rxBytes: number, txBytes: number) => {
    const before = links.get(id);
    if (!before) {
      links.set(id, { at, rxBytes, txBytes, rates: null, samples: none });
      return;
    }
    if (at - before.at < shortestMs && at >= before.at) return;
    const rx = rateBetween(before.rxBytes, rxBytes, at - before.at);
    const tx = rateBetween(before.txBytes, txBytes, at - before.at);
    if (rx === null || tx === null) {
      links.set(id, { at, rxBytes, txBytes, rates: null, samples: none });
    } else {
      const same = before.rates?.rx === rx && before.rates.tx === tx;
      const samples = [...before.samples.slice(1 - keptSamples), { at, rx, tx }];
      links.set(id, { at, rxBytes, txBytes, rates: same ? before.rates : { rx, tx }, samples });
    }
    tell(linkListeners, id);
  };

  return {
    seed(counters) {
      const at = Date.parse(counters.at);
      links = new Map(
        Object.entries(counters.links).map(([id, { rxBytes, txBytes }]) => [
          id,
          { at, rxBytes, txBytes, rates: null, samples: none },
        ]),
      );
      rules = new Map(Object.entries(counters.rules));
      tellAll();
    },

    freeze(counters) {
      if (frozen === counters) return;
      frozen = counters;
      tellAll();
    },

    frame(frame) {
      const at = Date.parse(frame.at);
      frame.links.forEach((id, index) => {
        countLink(id, at, frame.rxBytes[index] ?? 0, frame.txBytes[index] ?? 0);
      });
      frame.rules.forEach((id, index) => {
        rules.set(id, { packets: frame.rulePackets[index] ?? 0, bytes: frame.ruleBytes[index] ?? 0 });
        tell(ruleListeners, id);
      });
    },

    subscribe: subscription(linkListeners),
    rates: (linkId) => (frozen ? null : (links.get(linkId)?.rates ?? null)),
    samples: (linkId) => (frozen ? none : (links.get(linkId)?.samples ?? none)),
    rule: (ruleId) => (frozen ? (frozen.rules[ruleId] ?? null) : (rules.get(ruleId) ?? null)),
    subscribeRule: subscription(ruleListeners),
  };
}

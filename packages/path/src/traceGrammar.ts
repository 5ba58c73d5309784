import type { Disposition, Hop, Leg, Step, Trace } from '@vethscope/model';

/** What the last step of a leg is, by how it ended; null where anything may stand there. */
function lastStepOf(disposition: Disposition): readonly Step['kind'][] | null {
  switch (disposition) {
    case 'delivered':
      return ['deliver', 'proxy'];
    case 'leftHost':
      return ['transmit'];
    default:
      return null;
  }
}

function faultsOfHops(hops: readonly Hop[], at: string): string[] {
  return hops.flatMap(({ steps }, index) => {
    const [first] = steps;
    const last = steps.at(-1);
    const where = `${at} hop ${index + 1}`;
    const faults: string[] = [];
    if (first === undefined) return [`${where} has no step`];
    if (first.kind !== 'receive' && (index > 0 || first.kind !== 'originate'))
      faults.push(`${where} begins with ${first.kind}`);
    if (index < hops.length - 1 && last?.kind !== 'transmit') faults.push(`${where} does not end by transmitting`);
    const inner = steps.slice(1).find(({ kind }) => kind === 'originate' || kind === 'receive');
    if (inner !== undefined) faults.push(`${where} has ${inner.kind} inside`);
    const sent = steps.slice(0, -1).find(({ kind }) => kind === 'transmit');
    if (sent !== undefined) faults.push(`${where} transmits before its end`);
    return faults;
  });
}

function faultsOfLeg(leg: Leg, at: string): string[] {
  const expected = lastStepOf(leg.disposition);
  const last = leg.hops.at(-1)?.steps.at(-1)?.kind;
  return [
    ...(leg.hops.length === 0 ? [`${at} has no hop`] : []),
    ...(expected !== null && (last === undefined || !expected.includes(last))
      ? [`${at} is ${leg.disposition} and ends with ${last}`]
      : []),
    ...faultsOfHops(leg.hops, at),
    ...faultsOfHops(leg.reply, `the reply of ${at}`),
  ];
}

/**
 * What is wrong with the form of a trace; nothing, unless the engine has a fault. The first hop originates or receives, every later one receives,
 * every hop but the last transmits, each leg ends in its disposition, and only the last leg may fail.
 */
export function grammarFaults(trace: Trace): string[] {
  const { legs, disposition, blockers } = trace;
  const faults = legs.flatMap((leg, index) => faultsOfLeg(leg, `leg ${index + 1}`));
  const failing = legs.slice(0, -1).findIndex((leg) => leg.disposition !== 'delivered');
  if (failing >= 0) faults.push(`leg ${failing + 1} failed and another follows it`);
  const last = legs.at(-1);
  if (last !== undefined && last.disposition !== disposition)
    faults.push(`the last leg is ${last.disposition}, the trace ${disposition}`);
  if (last === undefined && disposition !== 'unresolved' && disposition !== 'unknown')
    faults.push('a trace without a leg is neither unresolved nor unknown');
  const isSuccess = disposition === 'delivered' || disposition === 'leftHost';
  if (isSuccess !== (blockers.length === 0)) faults.push(`${disposition} with ${blockers.length} blockers`);
  return faults;
}

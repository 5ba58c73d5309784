import type { IptablesBody, IptablesMatch } from '@vethscope/model';
import type { OwnerContext } from './owner.ts';

/** The parts of a rule that Docker's patterns ask for; `other` counts matches that no pattern knows. */
interface Shape {
  in: { name: string; not: boolean } | null;
  out: { name: string; not: boolean } | null;
  source: string | null;
  destination: string | null;
  established: boolean;
  sourceIsLocal: boolean;
  port: boolean;
  protocol: boolean;
  extBridges: boolean;
  mark: boolean;
  other: number;
}

function shapeOf(matches: IptablesMatch[]): Shape {
  const shape: Shape = {
    in: null,
    out: null,
    source: null,
    destination: null,
    established: false,
    sourceIsLocal: false,
    port: false,
    protocol: false,
    extBridges: false,
    mark: false,
    other: 0,
  };
  for (const match of matches) {
    switch (match.kind) {
      case 'inLink':
        shape.in = match;
        break;
      case 'outLink':
        shape.out = match;
        break;
      case 'source':
        shape.source = match.prefix;
        break;
      case 'destination':
        shape.destination = match.prefix;
        break;
      case 'ctState':
        if ([...match.states].sort().join() === 'ESTABLISHED,RELATED') shape.established = true;
        else shape.other++;
        break;
      case 'addrtype':
        if (match.side === 'source' && match.types.join() === 'LOCAL') shape.sourceIsLocal = true;
        else shape.other++;
        break;
      case 'protocol':
        shape.protocol = true;
        break;
      case 'destinationPort':
      case 'sourcePort':
        shape.port = true;
        break;
      case 'set':
        if (match.name.startsWith('docker-ext-bridges-')) shape.extBridges = true;
        else shape.other++;
        break;
      case 'mark':
        shape.mark = true;
        break;
      default:
        shape.other++;
    }
  }
  return shape;
}

const usualBridge = /^(docker0|docker_gwbridge|br-[0-9a-f]{12})$/;
const oneAddress = /^(?:[\d.]+\/32|[0-9a-f:]+\/128)$/;

/**
 * Whether a rule of a built-in chain has a shape in which the Docker daemon writes, on a bridge or subnet that is Docker's. The shapes are those
 * of moby's libnetwork/drivers/bridge/setup_ip_tables_linux.go and its successors up to 29 (internal/iptabler).
 */
export function dockerWroteIt(
  { table, chain, body }: { table: string; chain: string; body: IptablesBody },
  known: OwnerContext,
): boolean {
  const shape = shapeOf(body.matches);
  const target = body.target?.kind ?? null;
  if (target === null || shape.other > 0) return false;
  const isBridge = (link: { name: string } | null) =>
    link !== null && (known.bridges ? known.bridges.has(link.name) : usualBridge.test(link.name));
  const isSubnet = (prefix: string | null) => prefix !== null && (known.subnets ? known.subnets.has(prefix) : true);
  switch (`${table} ${chain}`) {
    case 'filter FORWARD': {
      if (shape.extBridges) return true;
      if (shape.source !== null || shape.destination !== null || shape.port || shape.protocol) return false;
      if (target === 'accept' && isBridge(shape.out) && shape.in === null) return shape.established;
      return (target === 'accept' || target === 'drop') && isBridge(shape.in) && isBridge(shape.out);
    }
    case 'nat POSTROUTING': {
      if (target !== 'masquerade' && target !== 'snat') return false;
      if (shape.sourceIsLocal) return isBridge(shape.out);
      // A container that reaches its own published port: source and destination are its address.
      if (shape.source !== null && shape.source === shape.destination)
        return oneAddress.test(shape.source) && shape.port;
      return isSubnet(shape.source) && isBridge(shape.out) && shape.out?.not === true;
    }
    case 'raw PREROUTING': {
      if (target === 'accept') return shape.destination !== null && (shape.mark || isBridge(shape.in));
      if (target !== 'drop' || shape.destination === null || shape.in?.not !== true) return false;
      return shape.in.name === 'lo' ? shape.port : isBridge(shape.in) && oneAddress.test(shape.destination);
    }
    case 'mangle POSTROUTING':
      return body.target?.kind === 'passing' && body.target.name === 'CHECKSUM' && shape.port;
    default:
      return false;
  }
}

import type { Step } from '@vethscope/model';
import {
  ArrowLeftRight,
  Ban,
  BookA,
  Cable,
  CircleCheck,
  CircleHelp,
  Link2,
  ListChecks,
  LogIn,
  LogOut,
  type LucideIcon,
  Network,
  Send,
  Signpost,
  Waypoints,
} from 'lucide-react';

const icons: Record<Step['kind'], LucideIcon> = {
  originate: Send,
  receive: LogIn,
  transmit: LogOut,
  deliver: CircleCheck,
  resolve: BookA,
  route: Signpost,
  neighbor: Cable,
  bridge: Network,
  conntrack: Link2,
  chain: ListChecks,
  translate: ArrowLeftRight,
  proxy: Waypoints,
  unmodelled: CircleHelp,
};

export const stops = (step: Step): boolean =>
  step.kind === 'chain' && (step.verdict === 'drop' || step.verdict === 'reject');

/** The sign of a kind of step; its word stands beside it. */
export function StepIcon({ step }: { step: Step }) {
  const Icon = stops(step) ? Ban : icons[step.kind];
  return <Icon size={14} aria-hidden className="shrink-0" />;
}

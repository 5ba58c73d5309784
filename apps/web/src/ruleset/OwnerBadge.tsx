import type { Owner } from '@vethscope/model';
import { t } from '../text/text.ts';
import { hueLine } from '../theme/hues.ts';

/** A colour for each who writes rules. The word beside it says the same. */
const ownerHues: Record<Owner, number> = {
  docker: 0,
  swarm: 1,
  ufw: 2,
  user: 3,
  firewalld: 4,
  libvirt: 5,
  kubernetes: 7,
  fail2ban: 9,
};

export function OwnerBadge({ owner }: { owner: Owner }) {
  const word = t.ruleset.owners[owner];
  return (
    <span
      title={t.ruleset.ownerHint(word)}
      className="inline-flex items-center gap-1.5 whitespace-nowrap text-ink-2 text-xs"
    >
      <span aria-hidden className="size-2 rounded-[2.5px]" style={{ background: hueLine(ownerHues[owner]) }} />
      {word}
    </span>
  );
}

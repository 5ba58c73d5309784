import type { Change, FieldChange } from './comparison.ts';

/** One line without a full stop: "my-web joined front-net, 172.18.0.3". */
export function changeSentence(change: Change): string {
  const where = change.place === null ? '' : ` (${change.place})`;
  const beside = change.note === '' ? '' : `, ${change.note}`;
  if (change.change === 'changed') return `${subject(change)}${where}: ${change.fields.map(fieldWords).join('; ')}`;
  const came = change.change === 'came';
  switch (change.kind) {
    case 'endpoint': {
      const [container, network] = change.title.split(' on ');
      return `${container} ${came ? 'joined' : 'left'} ${network}${beside}`;
    }
    case 'port':
      return `${change.title} is ${came ? 'published' : 'published no more'} ${change.note}`;
    case 'socket':
      return `${change.place} ${came ? 'listens' : 'listens no more'} on ${change.title}${beside}`;
    case 'rule':
      return `${came ? 'new' : 'gone'} in ${change.note}${where}: ${change.title}`;
    case 'network':
    case 'container':
    case 'service':
    case 'link':
    case 'address':
    case 'route':
    case 'policyRule':
    case 'chain':
    case 'set':
      return `${subject(change)}${where} ${came ? 'came' : 'went'}${beside}`;
    case 'engine':
    case 'sysctl':
    case 'source':
      return `${subject(change)}${where} ${came ? 'is there' : 'is not there'}${beside}`;
  }
}

function subject({ kind, title }: Change): string {
  switch (kind) {
    case 'network':
    case 'service':
    case 'chain':
    case 'set':
    case 'route':
    case 'source':
      return `${kind} ${title}`;
    case 'policyRule':
      return `ip rule ${title}`;
    case 'port':
      return `port ${title}`;
    case 'socket':
      return `listener ${title}`;
    case 'engine':
    case 'container':
    case 'endpoint':
    case 'link':
    case 'address':
    case 'sysctl':
    case 'rule':
      return title;
  }
}

function fieldWords({ field, before, after }: FieldChange): string {
  if (field === 'started') return 'was started again';
  if (field === 'made') return 'was made anew';
  if (before === null) return `${field} is ${after}`;
  if (after === null) return `${field} was ${before}, now none`;
  return `${field} ${before} → ${after}`;
}

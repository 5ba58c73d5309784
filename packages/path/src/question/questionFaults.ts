/** What is wrong with a word of a question, and what would be right. */
interface Fault {
  message: string;
  fix: string;
}

/** The name that was probably meant, or some of those that there are. */
type Meant = { near: string } | { names: readonly string[] };

const shownNames = 12;

/** The faults of a question in words, in one language. */
export const questionFaults = {
  noPorts: (sourcePort: string): Fault => ({
    message: 'icmp has no ports.',
    fix: `Leave ${sourcePort} out, or ask for tcp or udp.`,
  }),
  notAProtocol: (word: string, near: string | null): Fault => ({
    message: `"${word}" is not a protocol.`,
    fix: `It is tcp, udp, icmp or sctp.${near === null ? '' : ` Did you mean "${near}"?`}`,
  }),
  notAPort: (word: string): Fault => ({
    message: `"${word}" is not a port.`,
    fix: 'A port is a number from 1 to 65535.',
  }),
  aNetwork: (word: string): Fault => ({
    message: `"${word}" is a network, not an address.`,
    fix: 'Name one address of it.',
  }),
  notAnAddress: (word: string): Fault => ({
    message: `"${word}" is not an address.`,
    fix: 'Write it like 192.168.1.20, or 2001:db8::20.',
  }),
  noSender: (word: string, near: string): Fault => ({
    message: `"${word}" is no sender.`,
    fix: `Did you mean "${near}"?`,
  }),
  notRunning: (name: string, state: string): Fault => ({
    message: `The container "${name}" does not run (${state}), so it sends nothing.`,
    fix: `docker start ${name}`,
  }),
  unbracketed: (example: string): Fault => ({
    message: 'The port is missing.',
    fix: `Write an IPv6 address in brackets: ${example}.`,
  }),
  notAPortBehind: (rest: string, example: string): Fault => ({
    message: `"${rest}" behind the address is not a port.`,
    fix: `Write ${example}.`,
  }),
  internetIsNoAddress: {
    message: 'The internet is no address.',
    fix: 'Name an address of it, such as 203.0.113.9:443.',
  } as Fault,
  portOfIcmp: (example: string): Fault => ({
    message: 'icmp has no ports.',
    fix: `Write ${example}, or ask for tcp or udp.`,
  }),
  portMissing: (example: string, ping: string): Fault => ({
    message: 'The port is missing.',
    fix: `Write ${example}, or ${ping} for a ping.`,
  }),
  onlyPort: (example: string): Fault => ({
    message: 'There is no address or name before the port.',
    fix: `Write ${example}.`,
  }),
  nothingCalled: (name: string, meant: Meant): Fault => ({
    message: `Nothing is called "${name}" here: no container, alias or service.`,
    fix: `${meantText(meant)} For a name that a DNS server outside knows, write "${name}.".`,
  }),
  containerNameMissing: { message: 'The name of a container is missing.', fix: 'Write container:NAME.' } as Fault,
  severalContainers: (word: string, names: readonly string[]): Fault => ({
    message: `"${word}" means ${names.length} containers: ${names.join(', ')}.`,
    fix: `Name one of them: container:${names[0] ?? word}.`,
  }),
  noContainer: (name: string, meant: Meant): Fault => ({
    message: `There is no container with the name "${name}".`,
    fix: meantText(meant),
  }),
};

export type QuestionFaults = typeof questionFaults;

function meantText(meant: Meant): string {
  if ('near' in meant) return `Did you mean "${meant.near}"?`;
  const { names } = meant;
  if (names.length === 0) return 'No containers were read: is the Docker Engine running?';
  return `There are: ${names.slice(0, shownNames).join(', ')}${names.length > shownNames ? ', …' : ''}.`;
}

import { number, plural } from './counts.ts';

/** Words of what is always there: the header, the line below it, the find box, and what stands where no picture is. */
export const frame = {
  product: 'vethscope',
  startCommand: 'npm start',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  host: 'host',
  units: {
    seconds: (count: number) => `${count} s`,
    minutes: (count: number) => `${count} min`,
    hours: (count: number) => `${count} h`,
    days: (count: number) => plural(count, 'day'),
  },

  header: {
    lens: 'Lens',
    lenses: { docker: 'Docker', linux: 'Linux', cnm: 'CNM' },
    lensHints: {
      docker: 'Networks, containers and ports, as Docker names them',
      linux: 'Bridges, veth cables, namespaces, routes and hooks, as the kernel has them',
      cnm: "Sandbox, Endpoint, Network: Docker's container network model",
    },
    noEngine: 'no Docker Engine',
    tree: 'Tree',
    treeHint: 'The same facts as a tree',
    sources: 'Sources',
    sourcesHint: 'What was read, and what could not be',
    legend: 'Legend',
    legendHint: 'What the shapes and colours mean',
    theme: 'Theme',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    language: 'Language',
    /** Each in its own language, so that whoever reads it finds it. */
    languages: { en: 'English', ko: '한국어' },
    appearance: 'Theme and language',
    help: 'Keyboard and tour',
    panel: 'Details panel',
    palette: 'Commands',
  },

  connection: {
    words: {
      live: 'Live',
      connecting: 'Connecting',
      reconnecting: 'Reconnecting',
      stale: 'Stale',
      refused: 'Refused',
      recorded: 'Recorded',
      sample: 'Sample',
      resting: 'Resting',
    },
    label: (word: string) => `Connection: ${word}. What this means`,
    live: 'Changes on this host are shown as they happen.',
    connecting: 'The page asks the agent for the first picture.',
    reconnecting: 'The line to the agent is broken. What you see was true at the last sign of life.',
    stale: 'The agent has not answered for a while. The host may look different by now.',
    refused: 'The agent answers, but not to this page.',
    recorded: (name: string) => `This is a recording (${name}): nothing in it moves.`,
    sample: 'This is the sample that comes with vethscope, not this host.',
    resting: 'Nobody was looking, so the agent was let go.',
    lastLife: 'Last sign of life',
    ago: (duration: string) => `${duration} ago`,
    readAt: 'Last change',
    recordedAt: 'Recorded',
    nextTry: 'Next try',
    inSeconds: (seconds: number) => (seconds <= 0 ? 'now' : `in ${seconds} s`),
    tryNow: 'Try now',
    showSources: 'Show sources',
  },

  banner: { dismiss: 'Dismiss this line', sample: 'Sample', notRoot: 'Partial view' },

  /** What the page says of an agent that does not answer as it should. */
  agentFaults: {
    none: 'No agent answers.',
    silent: 'The line to the agent fell silent.',
    withoutStream: 'The agent answered without a stream.',
    closed: 'The agent closed the stream.',
    answered: (status: string) => `The agent answered ${status}`,
    shape: 'The agent answered in a shape that this page does not know. They may be of two versions: reload the page.',
    streamShape: 'The agent speaks in a shape that this page does not know. They may be of two versions.',
  },

  page: {
    loading: 'Reading the host…',
    unreachableTitle: 'No agent answers',
    unreachable:
      'This page draws what the vethscope agent reads on the Docker host. Start it there, and the picture appears by itself:',
    tokenTitle: 'This agent asks for its token',
    token:
      'It listens beyond loopback, so it answers only to those who have the token. Open the URL that vethscope printed when it started; it ends in ?token=….',
    refusedTitle: 'The agent refuses this page',
    reload: 'Reload',
    crashedTitle: 'This part of the page broke',
    crashed: 'A fault in vethscope, not in your host. The rest goes on; the text below helps to find it.',
    again: 'Draw it again',
    skip: 'Skip to the details',
    resizeTree: 'Width of the tree',
    resizeDetails: 'Width of the details',
    canvas: 'Map',
  },

  find: {
    label: 'Find',
    placeholder: 'Find name, ip:172.18…, port:8080, net:front',
    short: 'Find…',
    clear: 'Clear',
    hits: (count: number) => (count === 0 ? 'no hit' : plural(count, 'hit')),
    hideLabel: 'Hide',
    hidePlaceholder: 'Hide what matches, as is:stopped or net:dev',
    hiding: (count: number) => `${number(count)} hidden`,
    showAll: 'Show all again',
    suggestions: 'Suggestions',
    syntax: 'name: ip: net: port: image: driver: project: label: is: — several words must all hold, a minus negates',
  },

  live: {
    came: (names: string) => `New: ${names}.`,
    went: (count: number) => `${plural(count, 'thing')} gone.`,
    changed: (count: number) => `${plural(count, 'change')}.`,
    onNetwork: (container: string, network: string) => `${container} on ${network}`,
  },
};

import { udpPorts } from './zooQuestions.ts';

/** A datagram to one of these is the first of a connection; an answer comes from one. The last are those of the REJECT scenario. */
export const tracedUdpPorts: readonly string[] = [...Object.values(udpPorts).map(String), '7101-7111'];

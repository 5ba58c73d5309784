/** What lifts a cause, where that is no command to type. */
export const fixes = {
  usePublishedPort:
    'reach it by a published port, or create the network with -o com.docker.network.bridge.gateway_mode_ipv4=routed',
  enableIcc: 'recreate the network with -o com.docker.network.bridge.enable_icc=true',
  publish: 'publish the port (-p)',
  connectToOpenNetwork: 'docker network connect a network that is not internal',
  connectToOther: 'docker network connect one of the containers to the network of the other',
  listenOnAny: 'let the service listen on 0.0.0.0',
  publishForAll: 'publish the port without 127.0.0.1:',
  askTheHost: 'ask for the address of the host, or the name of the other container',
  macvlanForHost:
    'give the host a macvlan (or ipvlan) link of its own on the same parent, with an address in that network',
  askOrUpgrade: (address: string) => `ask ${address}, or upgrade the engine to Docker 28`,
  ownNetwork: 'put both containers on a network of your own (docker network create)',
  askTheAddress: 'ask for the address instead',
};

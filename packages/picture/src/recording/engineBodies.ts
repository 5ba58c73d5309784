import type { Recording } from '@vethscope/model';
import type { RecordingWords } from './recordingWords.ts';
import { type Field, fields, keep, list, map, object, text } from './shape.ts';

/** The engine’s answers with the fields that vethscope reads, and no others. Answers of paths that it does not know are left out. */
export function maskEngineBodies(
  bodies: Recording['docker']['bodies'],
  words: RecordingWords,
): Recording['docker']['bodies'] {
  const shapes = shapesOf(words);
  return Object.fromEntries(
    Object.entries(bodies).flatMap(([path, body]) => {
      const shape = shapes.find(([pattern]) => pattern.test(path))?.[1];
      return shape === undefined ? [] : [[words.id(path), shape(body) ?? null]];
    }),
  );
}

function shapesOf(words: RecordingWords): [RegExp, Field][] {
  const network = networkShape(words);
  const container = containerShape(words);
  return [
    [/^\/version$/, object(fields(keep, 'Version', 'ApiVersion', 'KernelVersion', 'Arch'))],
    [/^\/info$/, infoShape(words)],
    [/^\/networks(\?.*)?$/, list(network)],
    [/^\/networks\/[0-9a-z]+(\?.*)?$/, network],
    [/^\/containers\/json(\?.*)?$/, list(container)],
    [/^\/containers\/[0-9a-z]+\/json(\?.*)?$/, container],
    [/^\/services$/, list(serviceShape(words))],
    [/^\/tasks$/, list(taskShape(words))],
    [/^\/nodes$/, list(nodeShape(words))],
  ];
}

function infoShape(words: RecordingWords): Field {
  const pairs: Field = (value) =>
    Array.isArray(value) ? value.filter((pair) => Array.isArray(pair) && pair[0] === 'EnableUserlandProxy') : undefined;
  const rootless: Field = (value) =>
    Array.isArray(value)
      ? value.filter((option) => /^name=rootless\b/.test(String(option))).map(() => 'name=rootless')
      : null;
  return object({
    ...fields(keep, 'ServerVersion', 'LiveRestoreEnabled', 'KernelVersion', 'OperatingSystem', 'Architecture'),
    Name: text((name) => words.name(name)),
    SecurityOptions: rootless,
    FirewallBackend: object({ Driver: keep, Info: pairs }),
    Swarm: object(fields(keep, 'LocalNodeState', 'ControlAvailable')),
  });
}

function labelsShape(words: RecordingWords): Field {
  if (!words.masksNames)
    return map(
      (key) => key,
      text((value) => words.plain(value)),
    );
  const name = text((value) => words.name(value));
  return object(fields(name, 'com.docker.compose.project', 'com.docker.compose.service'));
}

/** Of the options of a driver those that are Docker's. */
function optionsShape(words: RecordingWords): Field {
  return (value) => {
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, each]) => {
        if (typeof each !== 'string') return [];
        if (key === 'parent' || key === 'com.docker.network.bridge.name') return [[key, words.link(each)]];
        const isDockers = key.startsWith('com.docker.network.') || /^(macvlan_mode|ipvlan_(mode|flag))$/.test(key);
        return isDockers || !words.masksNames ? [[key, words.plain(each)]] : [];
      }),
    );
  };
}

function networkShape(words: RecordingWords): Field {
  const id = text((value) => words.id(value));
  const address = text((value) => words.plain(value));
  const name = text((value) => words.name(value));
  return object({
    ...fields(keep, 'Created', 'Scope', 'Driver', 'EnableIPv4', 'EnableIPv6', 'Internal', 'Attachable', 'Ingress'),
    Id: id,
    Name: text((value) => words.network(value)),
    IPAM: object({ Config: list(object(fields(address, 'Subnet', 'IPRange', 'Gateway'))) }),
    Containers: map(
      (key) => words.id(key),
      object({
        Name: name,
        EndpointID: id,
        MacAddress: text((value) => words.mac(value)),
        ...fields(address, 'IPv4Address', 'IPv6Address'),
      }),
    ),
    Options: optionsShape(words),
    Labels: labelsShape(words),
  });
}

/** Both of GET /containers/ID/json and of an element of GET /containers/json. */
function containerShape(words: RecordingWords): Field {
  const name = text((value) => words.name(value));
  const address = text((value) => words.plain(value));
  const slashed = text((value) => value.replace(/[^/]+/g, (part) => words.name(part)));
  const command = words.masksNames ? text(() => '') : address;
  const image = text((value) => words.image(value));
  const ports = map((key) => key, list(object({ HostIp: address, HostPort: keep })));
  const state = object({
    ...fields(keep, 'Status', 'Running', 'Pid', 'ExitCode', 'StartedAt'),
    Health: object({ Status: keep }),
  });
  return object({
    ...fields(keep, 'Created'),
    Id: text((value) => words.id(value)),
    Name: slashed,
    Names: list(slashed),
    Image: image,
    Path: command,
    Command: command,
    Args: words.masksNames ? list(() => undefined) : list(address),
    State: (value) => (typeof value === 'string' ? value : state(value)),
    Labels: labelsShape(words),
    Config: object({
      ...fields(name, 'Hostname', 'Domainname'),
      Image: image,
      ExposedPorts: map(
        (key) => key,
        () => ({}),
      ),
      Labels: labelsShape(words),
    }),
    HostConfig: object({
      NetworkMode: text((value) => networkMode(value, words)),
      ExtraHosts: list(text((value) => extraHost(value, words))),
      Dns: list(address),
      DnsSearch: list(name),
      DnsOptions: list(keep),
      PortBindings: ports,
    }),
    NetworkSettings: object({ Ports: ports, Networks: map((key) => words.network(key), endpointShape(words)) }),
  });
}

function networkMode(mode: string, words: RecordingWords): string {
  if (/^(default|host|none|bridge|nat)$/.test(mode)) return mode;
  const other = /^container:(.*)$/s.exec(mode)?.[1];
  return other === undefined ? words.network(mode) : `container:${words.name(other)}`;
}

/** "name:address", "name=address". */
function extraHost(text: string, words: RecordingWords): string {
  const [, name = text, mark = '', address = ''] = /^([^:=]+)([:=])(.*)$/s.exec(text) ?? [];
  return `${words.name(name)}${mark}${words.plain(address)}`;
}

function endpointShape(words: RecordingWords): Field {
  const id = text((value) => words.id(value));
  const address = text((value) => words.plain(value));
  const names = list(text((value) => value.replace(/[^:/]+/g, (part) => words.name(part))));
  return object({
    ...fields(id, 'NetworkID', 'EndpointID'),
    ...fields(address, 'IPAddress', 'GlobalIPv6Address', 'Gateway', 'IPv6Gateway'),
    ...fields(keep, 'IPPrefixLen', 'GlobalIPv6PrefixLen', 'GwPriority'),
    MacAddress: text((value) => words.mac(value)),
    IPAMConfig: object(fields(address, 'IPv4Address', 'IPv6Address')),
    ...fields(names, 'Aliases', 'DNSNames', 'Links'),
  });
}

function serviceShape(words: RecordingWords): Field {
  const jobs = object(fields(keep, 'Replicas', 'TotalCompletions'));
  return object({
    ID: text((value) => words.id(value)),
    Spec: object({
      Name: text((value) => words.name(value)),
      Mode: object(fields(jobs, 'Global', 'GlobalJob', 'Replicated', 'ReplicatedJob')),
      EndpointSpec: object({ Mode: keep }),
    }),
    Endpoint: object({
      Spec: object({ Mode: keep }),
      Ports: list(object(fields(keep, 'Protocol', 'TargetPort', 'PublishedPort', 'PublishMode'))),
      VirtualIPs: list(
        object({ NetworkID: text((value) => words.id(value)), Addr: text((value) => words.plain(value)) }),
      ),
    }),
  });
}

function taskShape(words: RecordingWords): Field {
  const id = text((value) => words.id(value));
  return object({
    ...fields(id, 'ID', 'ServiceID', 'NodeID'),
    ...fields(keep, 'Slot', 'DesiredState'),
    Status: object({ State: keep, ContainerStatus: object({ ContainerID: id }) }),
    NetworksAttachments: list(
      object({ Network: object({ ID: id }), Addresses: list(text((value) => words.plain(value))) }),
    ),
  });
}

function nodeShape(words: RecordingWords): Field {
  const address = text((value) => words.plain(value));
  return object({
    ID: text((value) => words.id(value)),
    Spec: object(fields(keep, 'Role', 'Availability')),
    Status: object({ State: keep, Addr: address }),
    ManagerStatus: object({ Addr: address, Leader: keep }),
    Description: object({ Hostname: text((value) => words.name(value)) }),
  });
}

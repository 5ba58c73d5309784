import type { NodeTypes } from '@xyflow/react';
import { memo } from 'react';
import { ContainerCard } from './ContainerCard.tsx';
import { HostFrame } from './HostFrame.tsx';
import { HostLinkBox } from './HostLinkBox.tsx';
import { LineChip } from './LineChip.tsx';
import { NetworkBar } from './NetworkBar.tsx';
import { OutsideBox } from './OutsideBox.tsx';
import { PanelBox } from './PanelBox.tsx';
import { PlugPill } from './PlugPill.tsx';
import { PortPill } from './PortPill.tsx';
import { TrayBox } from './TrayBox.tsx';

/** Made once: React Flow draws everything again when this object is another one. */
export const nodeTypes: NodeTypes = {
  host: memo(HostFrame),
  outside: memo(OutsideBox),
  hostLink: memo(HostLinkBox),
  port: memo(PortPill),
  chip: memo(LineChip),
  network: memo(NetworkBar),
  container: memo(ContainerCard),
  plug: memo(PlugPill),
  tray: memo(TrayBox),
  panel: memo(PanelBox),
};

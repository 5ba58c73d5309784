import { maskDockerBody } from '@vethscope/parse';
import { createEngineClient, type EngineClient } from '../collect/engineClient.ts';
import { engineEndpoint } from '../collect/engineEndpoint.ts';
import { createHostReader, type HostReader } from '../collect/hostReader.ts';
import { asSourceFailure, type SourceFailure } from '../collect/sourceFailure.ts';
import { createKernel, type ProbingKernel } from '../host/kernel.ts';
import { runTool } from '../host/runTool.ts';

export interface OpenHost {
  engine: EngineClient | SourceFailure;
  kernel: ProbingKernel;
  reader: HostReader;
  isRoot: boolean;
}

/** What reads this host. Nothing is opened or asked before the first reading. */
export function openHost({ dockerSocket, unmasked }: { dockerSocket: string | null; unmasked: boolean }): OpenHost {
  const isRoot = process.geteuid?.() === 0;
  const engine = findEngine(dockerSocket);
  const kernel = createKernel();
  return {
    engine,
    kernel,
    isRoot,
    reader: createHostReader({ kernel, engine, runTool, isRoot, maskBody: unmasked ? null : maskDockerBody }),
  };
}

function findEngine(socket: string | null): EngineClient | SourceFailure {
  try {
    return createEngineClient(engineEndpoint({ socket, env: process.env }));
  } catch (error) {
    return asSourceFailure(error);
  }
}

/** The generations of Docker Engine that the lab has, and the Debian suite that carries each. */
export const engineSuites = { '20.10': 'bookworm', '26.1': 'trixie', '28.5': 'forky' } as const;

export type EngineGeneration = keyof typeof engineSuites;
export type Suite = (typeof engineSuites)[EngineGeneration];

export const engineGenerations = Object.keys(engineSuites) as EngineGeneration[];

export function isEngineGeneration(text: string): text is EngineGeneration {
  return Object.hasOwn(engineSuites, text);
}

/** 20.10 < 26.1 < 28.5, by the numbers and not by the text. */
export function atLeast(engine: string, wanted: string): boolean {
  const [major = 0, minor = 0] = engine.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

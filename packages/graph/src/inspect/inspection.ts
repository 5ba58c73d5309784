/** What the inspector shows of one record. All words are final; the page adds only counters, rates and the output of commands. */
export interface Inspection {
  /** The record that it is about, after a record that only stands for another (a plug's address) was followed to the thing itself. */
  record: string;
  kind: InspectionKind;
  title: string;
  /** "nginx:1.27 · compose project shop". */
  subtitle: string;
  state: { text: string; tone: FactTone } | null;
  sections: FactSection[];
  /** Every rule that mentions the thing, in the order in which the kernel would meet them. */
  rules: MentioningRule[];
  neighbours: Fact[];
  labels: { key: string; value: string }[];
  /** Link ids whose counters say how much goes through it. */
  counters: string[];
}

export type InspectionKind =
  | 'host'
  | 'outside'
  | 'container'
  | 'network'
  | 'endpoint'
  | 'sandbox'
  | 'link'
  | 'publishedPort'
  | 'proxy'
  | 'socket'
  | 'route'
  | 'address'
  | 'table'
  | 'chain'
  | 'rule'
  | 'service';

export type FactTone = 'plain' | 'good' | 'warn' | 'bad' | 'quiet';

export interface FactSection {
  title: string;
  facts: Fact[];
}

/** One line. `mono` for what is a fact of the machine (an address), false for words. `records` make the value a thing to go to. */
export interface Fact {
  label: string;
  value: string;
  records: string[];
  tone: FactTone;
  mono: boolean;
}

/** `place` as "nat DOCKER 8": table, chain and position from 1; `why` what of the thing it mentions, "172.17.0.4". */
export interface MentioningRule {
  rule: string;
  chain: string;
  place: string;
  position: number;
  text: string;
  owner: string;
  why: string;
}

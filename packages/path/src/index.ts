export { matchedRulesOf } from './matchedRulesOf.ts';
export { grammarFaults } from './traceGrammar.ts';
export { type TraceOptions, tracePath } from './tracePath.ts';

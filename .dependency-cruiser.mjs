/*
 * Who may import whom (ARCHITECTURE.md). Apps never import each other, packages never import apps, nothing imports upward.
 */
const allowed = {
  model: [],
  parse: ['model'],
  path: ['model'],
  graph: ['model'],
  picture: ['model', 'graph'],
  fixtures: [],
};

const packageRules = Object.entries(allowed).map(([name, may]) => ({
  name: `${name}-imports-only-${may.join('-') || 'nothing'}`,
  severity: 'error',
  from: { path: `^packages/${name}/src`, pathNot: '(\\.test|/test[A-Z]\\w*)\\.ts$' },
  to: { path: `^(packages/(?!(${[name, ...may].join('|')})/)|apps/|lab/|e2e/)` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...packageRules,
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'agent-not-web', severity: 'error', from: { path: '^apps/agent' }, to: { path: '^(apps/web|lab|e2e)' } },
    {
      name: 'web-not-agent',
      severity: 'error',
      from: { path: '^apps/web' },
      to: { path: '^(apps/agent|lab|e2e)' },
    },
    {
      name: 'web-parses-nothing',
      comment:
        'but the rule book says a rule in plain words, which the parsers know how to (describeRule); a type parses nothing',
      severity: 'error',
      from: { path: '^apps/web/src/(?!ruleset/|recordings/)', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^packages/parse', dependencyTypesNot: ['type-only'] },
    },
    { name: 'lab-not-apps', severity: 'error', from: { path: '^lab' }, to: { path: '^apps/web' } },
    {
      name: 'only-host-touches-the-kernel',
      comment: 'the only files that open sockets to the kernel, enter namespaces or spawn a program',
      severity: 'error',
      from: { path: '^apps/agent/src/(?!host/)', pathNot: '\\.test\\.ts$' },
      to: { path: '^(koffi|child_process|node:child_process)$', dependencyTypes: ['core', 'npm'] },
    },
    {
      name: 'ui-knows-no-network',
      severity: 'error',
      from: { path: '^apps/web/src/ui/' },
      to: { path: '^(packages/|apps/web/src/(?!ui/))' },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(virtual:|bun:)|\\?' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules|\\.turbo)/' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
    },
  },
};

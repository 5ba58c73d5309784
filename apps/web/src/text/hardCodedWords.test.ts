import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const source = fileURLToPath(new URL('../', import.meta.url));

/** Attributes that a person reads or hears. */
const readAttributes = new Set([
  'aria-label',
  'aria-description',
  'aria-valuetext',
  'title',
  'placeholder',
  'alt',
  'label',
]);
const word = /\p{L}{2,}/u;

/** The words that stand in a component itself: between its tags, or in an attribute that is read. */
function hardCoded(name: string, code: string): string[] {
  const file = ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const note = (text: string) => {
    if (word.test(text)) found.push(`${name}: ${text.trim()}`);
  };
  const literal = (node: ts.Node | undefined) => {
    if (node && (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node))) note(node.text);
    if (node && ts.isTemplateExpression(node)) {
      for (const piece of [node.head, ...node.templateSpans.map(({ literal: after }) => after)]) note(piece.text);
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node.text);
    if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) literal(node.expression);
    if (ts.isJsxAttribute(node) && readAttributes.has(node.name.getText())) {
      literal(
        node.initializer && ts.isJsxExpression(node.initializer) ? node.initializer.expression : node.initializer,
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

it('finds words between tags, in expressions and in attributes', () => {
  const code = `const a = <p title="Close it" className="flex">Hello {\`there \${name}\`} {'you'} · {t.x}</p>;`;
  expect(hardCoded('a.tsx', code)).toEqual(['a.tsx: Close it', 'a.tsx: Hello', 'a.tsx: there', 'a.tsx: you']);
});

it('finds none in the page: all words are in the languages', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.tsx') && !name.endsWith('.test.tsx') && !name.includes('scenarios'),
  );
  expect(files.length).toBeGreaterThan(80);
  expect(files.flatMap((name) => hardCoded(name, readFileSync(`${source}${name}`, 'utf8')))).toEqual([]);
});

/** What can stand before the colon. */
export type FindField =
  | 'name'
  | 'net'
  | 'ip'
  | 'port'
  | 'driver'
  | 'label'
  | 'image'
  | 'is'
  | 'state'
  | 'project'
  | 'service'
  | 'link'
  | 'mac';

/** One word of an expression. `field` null: a bare word, looked for in names, images and addresses. `values`: any of them is enough. */
export interface FindTerm {
  field: FindField | null;
  values: string[];
  negated: boolean;
  /** Where it stands in the text. */
  at: number;
  length: number;
}

/** All terms must hold. No terms: everything matches. */
export interface FindExpression {
  terms: FindTerm[];
}

/** `at` and `length` in the text; `message` says what is wrong, `hint` what would be right. */
export interface FindError {
  at: number;
  length: number;
  message: string;
  hint: string;
}

export type FindResult = { ok: true; expression: FindExpression } | { ok: false; error: FindError };

/** `text` replaces the characters from `at` on, `length` of them. */
export interface FindSuggestion {
  text: string;
  note: string;
  at: number;
  length: number;
}

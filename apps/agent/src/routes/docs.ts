import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VethscopeError } from '@vethscope/model';
import type { RequestHandler } from 'express';
import { openapiDocument } from '../server/openapi.ts';

/** GET /api/openapi.json. Made at the first request: few ask for it, and the schemas are large. */
export function openapi(): RequestHandler {
  let text: string | null = null;
  return (_request, response) => {
    text ??= JSON.stringify(openapiDocument());
    response.type('application/json').send(text);
  };
}

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>vethscope agent: HTTP interface</title>
    <link rel="stylesheet" href="/api/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="docs"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
`;

// A file of its own: the page's policy allows no script in the document.
const start = `window.SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#docs', supportedSubmitMethods: ['get'], validatorUrl: null });\n`;

const served: Record<string, string> = {
  'swagger-ui.css': 'text/css',
  'swagger-ui-bundle.js': 'text/javascript',
};

/** GET /api/docs and its files: Swagger UI from `directory`, nothing from elsewhere. */
export function docs(directory: string): RequestHandler {
  return async (request, response) => {
    const file = String(request.params.file ?? '');
    if (file === '') return void response.type('html').send(page);
    if (file === 'start.js') return void response.type('text/javascript').send(start);
    const type = Object.hasOwn(served, file) ? served[file] : undefined;
    const body = type === undefined ? null : await readFile(join(directory, file)).catch(() => null);
    if (type === undefined || body === null) {
      throw new VethscopeError('notFound', 'There is no such file.', { where: request.path });
    }
    response.type(type).set('Cache-Control', 'max-age=3600').send(body);
  };
}

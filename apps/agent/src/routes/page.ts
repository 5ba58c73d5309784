import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { VethscopeError } from '@vethscope/model';
import express, { type RequestHandler } from 'express';

const notBuilt = `<!doctype html><meta charset="utf-8"><title>vethscope</title>
<p>The page is not built. Run <code>npm run build</code>, then start vethscope again. The agent itself runs: see <a href="/api/docs">/api/docs</a>.</p>
`;

/** The page's files. Those under /assets carry a digest in their names and never change. */
export function pageFiles(directory: string): RequestHandler {
  return express.static(directory, {
    index: false,
    setHeaders: (response, path) => {
      const immutable = path.includes('/assets/');
      response.setHeader('Cache-Control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}

/** Any other address is a view of the page, which keeps its state in the URL. A missing file is still a missing file. */
export function page(directory: string): RequestHandler {
  const document = join(directory, 'index.html');
  return (request, response, next) => {
    const asksForPage = ['GET', 'HEAD'].includes(request.method) && !/^\/api(?:\/|$)|\.\w+$/.test(request.path);
    if (!asksForPage) return next();
    if (!request.accepts('html'))
      throw new VethscopeError('notFound', 'There is no such resource.', { where: request.path });
    response.set('Cache-Control', 'no-cache');
    if (existsSync(document)) response.sendFile(document);
    else response.type('html').send(notBuilt);
  };
}

import { ProbeRequest, VethscopeError } from '@vethscope/model';
import express, { type RequestHandler } from 'express';
import type { Prober } from '../probe/prober.ts';

/**
 * A page of another origin cannot make a browser send this: a body of JSON asks for a permission that the agent never gives, and the Origin that every browser
 * sends with a POST has been compared already. Here it must also be there.
 */
export const requireOwnForm: RequestHandler = (request, _response, next) => {
  if (request.headers.origin === undefined) {
    throw new VethscopeError('originNotAllowed', 'Probes are taken from the page of this agent only.', {
      where: 'Origin',
      fix: 'On the command line: sudo vethscope probe',
    });
  }
  if (request.is('application/json') === false) {
    throw new VethscopeError('badRequest', 'The body must be JSON.', { where: 'Content-Type' });
  }
  next();
};

/** A question is a few hundred bytes. */
export const readForm: RequestHandler = express.json({ limit: '8kb', strict: true });

/** The only resource that is not only read. The body names containers and addresses: no word of it becomes a word of a command. */
export function probe(prober: Prober): RequestHandler {
  return async (request, response) => {
    response.json(await prober.probe(ProbeRequest.parse(request.body)));
  };
}

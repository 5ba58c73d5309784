import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { VethscopeError } from '@vethscope/model';
import type { RequestHandler } from 'express';

/*
 * A page on the internet can make a browser ask 127.0.0.1, under its own name once that name is re-pointed (DNS rebinding). It cannot
 * choose the Host header's name to be ours, nor hide its Origin. So: no name but ours, no page but our own.
 */

/** "localhost:7373" → "localhost", "[::1]:7373" → "::1". null for what is no host and port. */
function hostOf(header: string): string | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(header);
  const name = match?.[1] ?? match?.[2];
  return name === undefined ? null : name.toLowerCase().replace(/\.$/, '');
}

export function isLoopback(host: string): boolean {
  return host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host) || host === 'localhost' || host.endsWith('.localhost');
}

/**
 * Whether a Host header may name this agent, which listens on `listensOn`. Any port will do: `ssh -L` brings another. An agent beyond
 * loopback also answers to addresses, which no DNS server can re-point, and to its own name.
 */
export function mayNameUs(header: string | undefined, listensOn: string): boolean {
  const host = header === undefined ? null : hostOf(header);
  if (host === null) return false;
  if (isLoopback(host)) return true;
  if (isLoopback(listensOn)) return false;
  return isIP(host) !== 0 || host === listensOn.toLowerCase() || host === hostname().toLowerCase();
}

export function requireOwnHost(listensOn: string): RequestHandler {
  return (request, _response, next) => {
    if (!mayNameUs(request.headers.host, listensOn)) {
      throw new VethscopeError('hostNotAllowed', 'This agent does not answer to that name.', {
        where: `Host: ${request.headers.host ?? ''}`,
        fix: isLoopback(listensOn) ? 'Use http://localhost or http://127.0.0.1.' : 'Use the address of this host.',
      });
    }
    next();
  };
}

/**
 * Requests of other pages are refused. Browsers send Origin with every request across origins that could be read, and Sec-Fetch-Site with all;
 * a person following a link from elsewhere (`navigate`) is welcome. Programs send neither.
 */
export const requireOwnOrigin: RequestHandler = (request, _response, next) => {
  const { origin, host } = request.headers;
  const fromElsewhere =
    (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host)) ||
    (['cross-site', 'same-site'].includes(String(request.headers['sec-fetch-site'])) &&
      request.headers['sec-fetch-mode'] !== 'navigate');
  if (fromElsewhere) {
    throw new VethscopeError('originNotAllowed', 'Only the page of this agent may ask it.', {
      where: origin === undefined ? 'Sec-Fetch-Site' : `Origin: ${origin}`,
    });
  }
  next();
};

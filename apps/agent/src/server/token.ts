import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { VethscopeError } from '@vethscope/model';
import type { RequestHandler } from 'express';

export function newToken(): string {
  return randomBytes(18).toString('base64url');
}

function same(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

function cookieOf(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name && value !== undefined) return value;
  }
  return null;
}

/**
 * Asks for the token: once in the printed URL's `?token=`, which is exchanged for a cookie and taken out of the address bar, then by the cookie;
 * programs send `Authorization: Bearer`. The cookie's name holds the port, since cookies of one host are shared by all its ports.
 */
export function requireToken(token: string, port: () => number): RequestHandler {
  return (request, response, next) => {
    const url = new URL(request.originalUrl, 'http://agent');
    const cookie = `vethscope-${port()}`;
    const inUrl = url.searchParams.get('token');
    if (inUrl !== null && same(inUrl, token)) {
      url.searchParams.delete('token');
      response.cookie(cookie, token, { httpOnly: true, sameSite: 'strict', path: '/' });
      if (request.path.startsWith('/api/')) return next();
      response.redirect(303, `${url.pathname}${url.search}`);
      return;
    }
    const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    const given = bearer ?? cookieOf(request.headers.cookie, cookie);
    if (given !== null && given !== undefined && same(given, token)) return next();
    throw new VethscopeError('tokenRequired', 'This agent listens beyond loopback and asks for its token.', {
      fix: 'Open the URL that vethscope printed at its start, with ?token=….',
    });
  };
}

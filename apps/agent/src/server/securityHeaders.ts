import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * The page may load and ask this agent and nothing else. `style-src 'unsafe-inline'`: React Flow puts each node in its place by a style
 * attribute, and there is no hash for those; styles cannot run or send anything under the rest of this policy. HSTS and upgrades are off,
 * as the agent speaks plain HTTP on loopback.
 */
export const securityHeaders: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      workerSrc: ["'self'"],
      manifestSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: false,
  crossOriginEmbedderPolicy: false,
  referrerPolicy: { policy: 'no-referrer' },
});

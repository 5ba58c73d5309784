import { startLoad, type TestHost } from '@vethscope/lab';
import { launchBrowser, startAgent } from '../e2e/agentOnHost.ts';
import { openPage } from '../e2e/canvas.ts';
import { benchPage } from './benchPage.ts';
import { type Figure, percentile } from './report.ts';

const rounds = 40;
/** As many as stand on the screen as boxes: from further away the page draws names on a canvas, where no test can see an element. */
const containers = 6;

/**
 * From `docker network connect` to pixels: the engine's own time stamp of the event, to the first frame after the endpoint's plug is in the
 * page. The clocks are one machine's. Also from the moment in which the engine answered the request, as a person at a shell would feel it.
 */
export async function benchLatency(host: TestHost): Promise<Figure[]> {
  await startLoad(host, { count: containers });
  const network = await host.docker.createNetwork({ Name: 'late', IPAM: { Config: [{ Subnet: '10.77.0.0/16' }] } });
  await using agent = await startAgent(host, ['--port', '7390']);
  const browser = await launchBrowser(host);
  const sinceEvent: number[] = [];
  const sinceAnswer: number[] = [];
  try {
    const page = await benchPage(browser);
    await openPage(page, agent.url);
    for (let round = 1; round <= rounds; round += 1) {
      const address = `10.77.1.${round}`;
      const seen = page.evaluate(
        (wanted) =>
          new Promise<number>((resolve) => {
            const look = () => {
              const there = document.querySelector(`[aria-label^="endpoint "][aria-label*="${wanted}"]`);
              // The frame after the one in which it was put there: it has been painted by then.
              if (there) requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
              else requestAnimationFrame(look);
            };
            look();
          }),
        address,
      );
      const event = nextConnect(host);
      await event.listening;
      await network.connect({ Container: 'load-1', EndpointConfig: { IPAMConfig: { IPv4Address: address } } });
      const answered = performance.timeOrigin + performance.now();
      const pixels = await seen;
      sinceEvent.push(pixels - (await event.at));
      sinceAnswer.push(pixels - answered);
      await network.disconnect({ Container: 'load-1' });
      await page.waitForFunction(
        (gone) => !document.querySelector(`[aria-label^="endpoint "][aria-label*="${gone}"]`),
        address,
      );
    }
  } finally {
    await browser.close();
  }
  return [
    { name: `docker network connect → pixels, p50 of ${rounds}`, value: percentile(sinceEvent, 0.5), unit: 'ms' },
    {
      name: `docker network connect → pixels, p95 of ${rounds}`,
      value: percentile(sinceEvent, 0.95),
      unit: 'ms',
      budget: 150,
    },
    { name: 'the same, from the answer to the request, p95', value: percentile(sinceAnswer, 0.95), unit: 'ms' },
  ];
}

/** The engine's own time (milliseconds since the epoch) of the next connect event. */
function nextConnect(host: TestHost): { listening: Promise<void>; at: Promise<number> } {
  const stream = host.docker.getEvents({ filters: { type: ['network'], event: ['connect'] } });
  const at = stream.then(
    (events) =>
      new Promise<number>((resolve, reject) => {
        let text = '';
        events.on('data', (chunk: Buffer) => {
          text += chunk.toString('utf8');
          const found = /"timeNano":(\d+)/.exec(text)?.[1];
          if (!found) return;
          resolve(Number(BigInt(found) / 1000n) / 1000);
          (events as unknown as { destroy(): void }).destroy();
        });
        events.on('error', reject);
      }),
  );
  return { listening: stream.then(() => undefined), at };
}

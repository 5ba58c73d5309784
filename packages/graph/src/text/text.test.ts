import { describe, expect, it } from 'vitest';
import { barLabel, barLabelWidth } from './barLabel.ts';
import { fitText, measureText } from './measureText.ts';

describe('measureText', () => {
  it('knows the widths that a browser gives the bundled fonts', () => {
    expect(measureText('172.17.0.4:80', 'mono', 10)).toBe(78);
    // Measured in Chromium with kerning off.
    expect(measureText('docker', 'sans', 1000)).toBe(612 + 600 + 571 + 549 + 583 + 376);
    expect(measureText('도커', 'sans', 12)).toBe(24);
  });
});

describe('fitText', () => {
  it('keeps what fits and cuts what does not, with an ellipsis that fits too', () => {
    expect(fitText('nginx:1.27', 'mono', 10, 60)).toBe('nginx:1.27');
    const cut = fitText('registry.example.com/nginx', 'mono', 10, 60);
    expect(cut).toMatch(/^regist.*…$/);
    expect(measureText(cut, 'mono', 10)).toBeLessThanOrEqual(60);
  });
});

describe('barLabel', () => {
  const bar = { title: 'nomasq', detail: 'bridge · 172.20.0.0/16 · gw .1', badges: ['no masquerade', 'mtu 1400'] };

  it('shows all where all fits', () => {
    expect(barLabel(bar, barLabelWidth(bar))).toEqual({ ...bar, cut: false });
  });

  it('drops whole parts, the driver first, and never cuts an address', () => {
    expect(barLabel(bar, barLabelWidth(bar) - 1)).toEqual({ ...bar, detail: '172.20.0.0/16 · gw .1', cut: true });
    expect(barLabel(bar, 150)).toMatchObject({ title: 'nomasq', badges: [], cut: true });
    for (let width = 40; width < 500; width += 7) {
      expect(['', '172.20.0.0/16', '172.20.0.0/16 · gw .1', bar.detail]).toContain(barLabel(bar, width).detail);
    }
  });
});

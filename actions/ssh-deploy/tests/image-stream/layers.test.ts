import { expect, it } from 'vitest';
import { chainIds } from '../../src/image-stream/chains.ts';
import { knownChains, parseLayers } from '../../src/image-stream/host-layers.ts';

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const [a, b, c] = [digest('a'), digest('b'), digest('c')];

it('names a layer after all that lies below it', () => {
  // By sha256sum, of "CHAIN DIFF_ID".
  expect(chainIds([a, b, c])).toEqual([
    a,
    'sha256:ccd722928bd92476ba1745586fed6e45a102504185ad88cd89e01ff116fd146c',
    'sha256:c1377126441fb2f5ec2c21ae2a60255331d639e830f0ee1b40a36e52d4c40588',
  ]);
  expect(chainIds([])).toEqual([]);
});

it('knows a layer only on the base that it has on the host', () => {
  const known = knownChains([[a, b]]);
  expect(chainIds([a, b, c]).map((chain) => known.has(chain))).toEqual([true, true, false]);
  expect(chainIds([b, a]).map((chain) => known.has(chain))).toEqual([false, false]);
  expect(chainIds([c, b]).map((chain) => known.has(chain))).toEqual([false, false]);
});

it("reads the host's layers, an image a line, and nothing else", () => {
  const text = `Warning: layers=${a}\nlayers=${a} ${b} \n\nlayers=\nlayers=${c}\nlayers=${a} odd\n`;
  expect(parseLayers(text)).toEqual([[a, b], [], [c]]);
});

import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { imagesOfCompose } from '../../../scripts/local/base-images/compose-images.ts';
import {
  imagesOfWorkflow,
  withImages,
} from '../../../scripts/local/base-images/workflow-images.ts';
import { workflowForAct } from '../../../scripts/local/workflow-actions/workflow-for-act.ts';
import { text as compiled } from '../../project/compiled-workflow.ts';

const workflow = `name: Odd # postgres:15
on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    container: { image: "node:20" } # stays
    services:
      db:
        image: 'postgres:15'   # postgres:15
        env: { NAME: postgres:15 }
      cache: { image: redis:7 }
      none:
        image: ''
      made:
        image: postgres:\${{ matrix.version }}
    steps:
      - run: docker run postgres:15
      - uses: docker://redis:7
  other:
    container: node:20
    services: { db: { image: postgres:15 } }
    steps: []
`;

test('a workflow names images for services, containers and steps', () => {
  expect(imagesOfWorkflow(workflow).map(({ line, image }) => `${line} ${image}`)).toEqual([
    '6 node:20',
    '9 postgres:15',
    '11 redis:7',
    '18 redis:7',
    '20 node:20',
    '21 postgres:15',
  ]);
});

test('where other images take their place, nothing else changes', () => {
  const changed = withImages(
    workflow,
    new Map([
      ['postgres:15', 'x.local/postgres:15'],
      ['redis:7', 'x.local/redis:7'],
      ['node:20', 'node:20'],
    ]),
  );
  const before = workflow.split('\n');
  const differing = changed.split('\n').filter((line, index) => line !== before[index]);
  expect(differing).toEqual([
    `        image: "x.local/postgres:15"   # postgres:15`,
    '      cache: { image: "x.local/redis:7" }',
    '      - uses: "docker://x.local/redis:7"',
    '    services: { db: { image: "x.local/postgres:15" } }',
  ]);
});

test('the compiled workflow for act differs in the images of its services alone', () => {
  const images = new Map(
    imagesOfWorkflow(compiled).map(({ image }) => [image, `x.local/${image}`]),
  );
  expect([...images.keys()].sort()).toEqual(['postgres:15-alpine', 'redis:7-alpine']);
  const changed = workflowForAct(compiled, { images, realBuilds: false, earlier: {} });
  const back = [...images].reduce(
    (text, [image, name]) => text.replaceAll(`"${name}"`, image),
    changed,
  );
  expect(back).toBe(compiled);
  expect(changed).not.toBe(compiled);
});

test('real builds do without the cache of GitHub, and with all else', () => {
  const changed = workflowForAct(compiled, { images: new Map(), realBuilds: true, earlier: {} });
  expect(changed).not.toContain('type=gha');
  const emptied = compiled.replaceAll(/(cache-(?:from|to): )type=gha.*/g, '$1""');
  expect(emptied).not.toBe(compiled);
  expect(parse(changed)).toEqual(parse(emptied));
});

test('a Compose file names the images that it does not build', () => {
  const compose = `x-service: &service
  image: redis:7
services:
  api: { image: own/api, build: . }
  cache:
    <<: *service
  db:
    image: \${DB_IMAGE:-postgres:15}
  monitor:
    profiles: [monitoring]
    image: prom/prometheus:v2.45.0
`;
  expect(imagesOfCompose(compose)).toEqual([
    { service: 'cache', image: 'redis:7', line: 6, optional: false },
    { service: 'db', image: 'postgres:15', line: 8, optional: false },
    { service: 'monitor', image: 'prom/prometheus:v2.45.0', line: 11, optional: true },
  ]);
});

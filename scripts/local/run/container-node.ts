import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { localImage } from '../base-images/local-images.ts';
import { cached } from '../machine/cache.ts';
import { docker, type Engine } from '../machine/engine.ts';

/** Where a job in a container of its own has the folder. */
export const nodeInContainer = '/opt/staging-pipeline';

/** The folder's contents: Node.js, its libraries and their loader, and a script that runs the one with the others. */
const takeOut = `set -eu
node=/opt/node24/bin/node
cp "$node" /out/node.bin
ldd "$node" | awk '$2 == "=>" { print $3 } $1 ~ /^\\// { print $1 }' | while read -r library; do cp -L "$library" /out; done
loader=$(ldd "$node" | awk '$1 ~ /^\\// { print $1 }')
printf '#!/bin/sh\\nexec %s --library-path %s %s "$@"\\n' "${nodeInContainer}/\${loader##*/}" ${nodeInContainer} ${nodeInContainer}/node.bin >/out/node
chmod -R a+rX,u+w /out
chmod 755 /out/node`;

/**
 * A folder with a Node.js that runs in every Linux image, whatever C library that has; GitHub's runner brings its own as
 * well. It is taken out of the runner image once.
 */
export async function ensureContainerNode(engine: Engine): Promise<string> {
  const image = localImage('runner');
  const folder = cached('runner', `node-${image.split(':').at(-1)}`);
  if (await stat(`${folder}/node`).catch(() => undefined)) return folder;
  const making = `${folder}.new`;
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { recursive: true });
  const volume = ['--volume', `${making}:/out`];
  await docker(engine, ['run', '--rm', '--network', 'none', ...volume, image, 'sh', '-c', takeOut]);
  await rename(making, folder);
  return folder;
}

import { readFile } from 'node:fs/promises';
import { plainStack } from '../../../../tests/host/application.ts';
import { applicationPort, deployUser } from '../../../../tests/host/staging-server.ts';
import { run } from '../../../terminal/process.ts';
import type { PeerImages } from './images.ts';
import { overSsh, type Peer, type Place, runInside } from './peer.ts';

const file = 'docker-compose.staging.yml';

/** Plain Compose: `docker compose up` of another image. It has no way back, so the old one is deployed again. */
export async function openCompose(place: Place): Promise<Peer> {
  return await openStack(place, {
    name: 'docker compose up -d',
    port: 8082,
    update: `docker compose -f ${file} up --detach --quiet-pull`,
  });
}

/** docker-rollout, whose script is at `script` on this machine; without a drain hook, as its README begins. */
export async function openRollout(place: Place, script: string): Promise<Peer> {
  const plugin = '~/.docker/cli-plugins/docker-rollout';
  await place.bed.server.onHost(
    `cd && mkdir -p .docker/cli-plugins && cat >${plugin} && chmod +x ${plugin}`,
    { user: deployUser, input: await readFile(script, 'utf8') },
  );
  return await openStack(place, {
    name: 'docker rollout',
    port: 8083,
    update: `docker compose -f ${file} pull --quiet api && docker rollout -f ${file} api`,
  });
}

interface StackOptions {
  readonly name: string;
  readonly port: number;
  /** The line of shell that brings another image into service. */
  readonly update: string;
}

/** The application's own stack, as somebody would have copied it to the server; its images are variables. */
async function openStack(place: Place, { name, port, update }: StackOptions): Promise<Peer> {
  const { bed } = place;
  const directory = `/srv/peers/${port}`;
  const workspace = await bed.workspace((path, text) =>
    path === file
      ? text
          .replace(/^name: .*/m, `name: peer-${port}`)
          .replace(/image: \S+\/api:staging/, `image: \${API_IMAGE}`)
          .replace(/image: \S+\/frontend:staging/, `image: \${FRONTEND_IMAGE}`)
          .replaceAll(/^ {4}build: \.\n/gm, '')
          .replace(`${applicationPort}:80`, `${port}:80`)
      : text,
  );
  const archive = `${place.directory}/${port}.tar`;
  await run('tar', ['--mode=a+rX', '-C', workspace, '-cf', archive, '.']);
  await bed.server.onHost(`install -d -o ${deployUser} /srv/peers ${directory}`);
  await bed.server.onHost(`base64 -d | tar --no-same-owner -xC ${directory}`, {
    user: deployUser,
    input: (await readFile(archive)).toString('base64'),
  });
  await bed.server.onHost(`cat >${directory}/.env.staging`, {
    user: deployUser,
    input: plainStack.environment,
  });
  let isUp = false;
  const bring = async ({ api, frontend }: PeerImages, inside: readonly string[]) => {
    const work = isUp ? update : `docker compose -f ${file} up --detach --wait --quiet-pull`;
    const line = `cd ${directory} && export API_IMAGE=${api} FRONTEND_IMAGE=${frontend} && ${work}`;
    await runInside(inside, overSsh(place, line));
    isUp = true;
  };
  return { name, port, deploy: bring, rollBack: bring, [Symbol.asyncDispose]: async () => {} };
}

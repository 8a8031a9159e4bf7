import { applicationPort } from '../../../../tests/host/staging-server.ts';
import { bundleActions } from '../../../../tests/process/run-action.ts';
import type { Peer, Place } from './peer.ts';

type Inputs = Readonly<Record<string, string>>;

/** This project's own action, as a job runs it. */
export async function openSshDeploy({ bed }: Place): Promise<Peer> {
  const actions = await bundleActions('ssh-deploy');
  const workspace = await bed.workspace();
  const { host, port, user, privateKey, knownHosts } = bed.server.ssh;
  const connection = {
    ...{ host, port: String(port), user },
    ...{ 'private-key': privateKey, 'known-hosts': knownHosts },
  };
  const releases = new Map<string, string>();
  /** The steps of a job, and its end; returns the release that they were about. */
  const job = async (inside: readonly string[], commands: readonly Inputs[]) => {
    let release = '';
    const states: Inputs[] = [];
    try {
      for (const inputs of commands) {
        const given = { ...connection, ...(release !== '' && { release }), ...inputs };
        const surroundings = { GITHUB_WORKSPACE: workspace };
        const done = await actions.run('ssh-deploy', given, surroundings, inside);
        states.push(done.state);
        if (done.exitCode !== 0) throw new Error(`${inputs.command} failed:\n${done.log}`);
        release = done.outputs.release ?? release;
      }
    } finally {
      for (const state of states.reverse()) await actions.runPost('ssh-deploy', state, connection);
    }
    return release;
  };
  return {
    name: 'ssh-deploy',
    port: applicationPort,
    async deploy({ version, api, frontend }, inside) {
      const images = `api=${api}\nfrontend=${frontend}`;
      const stage = { command: 'stage', images };
      const release = await job(inside, [stage, { command: 'release' }, { command: 'confirm' }]);
      releases.set(version, release);
    },
    async rollBack({ version }, inside) {
      await job(inside, [{ command: 'rollback', release: releases.get(version) ?? '' }]);
    },
    [Symbol.asyncDispose]: () => actions[Symbol.asyncDispose](),
  };
}

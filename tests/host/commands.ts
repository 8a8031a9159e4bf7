import { baseDirectory, deployUser, type StagingServer } from './staging-server.ts';

/** What became of commands in the container of the API. */
export interface CommandReport {
  readonly ran: number;
  /** Not begun, because the container had just ended. */
  readonly refused: number;
  /** Begun and not brought to an end. */
  readonly cutOff: number;
}

/** Runs commands with `docker compose exec api` in the live release, one after the other, until they are stopped. */
export function startCommands(server: StagingServer): { stop(): Promise<CommandReport> } {
  const stop = `${baseDirectory}/stop-commands`;
  const asDeployer = { user: deployUser };
  const exec = 'cd current && docker compose -f docker-compose.staging.yml exec -T api';
  const command = `${exec} sh -c 'echo begun; sleep 0.1; echo done' 2>/dev/null`;
  const running = server.onHost(
    `cd ${baseDirectory}; until [ -e ${stop} ]; do echo "command" $(${command}); done; rm ${stop}`,
    { ...asDeployer, timeout: 3_600_000 },
  );
  return {
    stop: async () => {
      await server.onHost(`touch ${stop}`, asDeployer);
      const lines = (await running).trim().split('\n');
      const unfinished = lines.filter((line) => !line.endsWith('begun done'));
      const cutOff = unfinished.filter((line) => line.includes('begun')).length;
      return { ran: lines.length, refused: unfinished.length - cutOff, cutOff };
    },
  };
}

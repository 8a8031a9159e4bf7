import { baseDirectory, deployUser, type StagingServer } from './staging-server.ts';

/** What commands in the container of the API came to. */
export interface CommandReport {
  readonly ran: number;
  /** When each that failed had begun: UTC to the second, without time zone. */
  readonly failedAt: readonly string[];
}

/** Runs `docker compose exec api true` in the live release, one after the other, until they are stopped. */
export function startCommands(server: StagingServer): { stop(): Promise<CommandReport> } {
  const stop = `${baseDirectory}/stop-commands`;
  const asDeployer = { user: deployUser };
  const command =
    'cd current && docker compose -f docker-compose.staging.yml exec -T api true 2>/dev/null';
  const running = server.onHost(
    `cd ${baseDirectory}; until [ -e ${stop} ]; do at=$(date -u +%FT%T); if (${command}); then echo done; else echo "failed $at"; fi; done; rm ${stop}`,
    { ...asDeployer, timeout: 3_600_000 },
  );
  return {
    stop: async () => {
      await server.onHost(`touch ${stop}`, asDeployer);
      const lines = (await running).split('\n');
      const failedAt = lines.flatMap((line) => /^failed (\S+)/.exec(line)?.[1] ?? []);
      return { ran: lines.length, failedAt };
    },
  };
}

import type { Connection } from './connection.ts';
import type { Endpoint } from './endpoint.ts';
import type { SshFiles } from './files.ts';

/** The names by which the configuration knows the ways to the host. */
export const aliases = {
  /** Opens the connection. */
  connection: 'staging',
  /** Runs a command over the connection that is open, and never opens one. */
  channel: 'channel',
  /** The host through which the connection goes. */
  jump: 'jump',
} as const;

/** Seconds that a host has to answer where the connection does not say. */
export const defaultConnectTimeout = 20;

/**
 * The configuration of OpenSSH for a session. Nothing of the machine's own configuration, keys or agent takes part,
 * and every host must have one of the pinned keys.
 */
export function sshConfig(connection: Connection, files: SshFiles): string {
  const { jumpHost, connectTimeout = defaultConnectTimeout } = connection;
  return [
    ...section(aliases.connection, {
      ...address(connection),
      // The way through the jump host takes its own time before this host can answer.
      ConnectTimeout: jumpHost ? 2 * connectTimeout : connectTimeout,
      ControlPath: quoted(files.control),
      // ProxyJump would hand on the name of this file without quotes, and leave the jump host's words in standard
      // error, which has to end when the connection goes to the background.
      ...(jumpHost && {
        ProxyCommand: `ssh -F '${files.config}' -W '[%h]:%p' ${aliases.jump} 2>'${files.jumpLog}'`,
      }),
    }),
    // Where no connection is open, ssh would open one of its own for each command.
    ...section(aliases.channel, { ControlPath: quoted(files.control), ProxyCommand: 'false' }),
    ...(jumpHost
      ? section(aliases.jump, {
          ...address(jumpHost),
          ConnectTimeout: connectTimeout,
          ControlPath: 'none',
          // Why it cannot reach the host is no error to ssh, but news.
          LogLevel: 'INFO',
        })
      : []),
    ...section('*', {
      BatchMode: 'yes',
      StrictHostKeyChecking: 'yes',
      UserKnownHostsFile: quoted(files.knownHosts),
      GlobalKnownHostsFile: '/dev/null',
      UpdateHostKeys: 'no',
      IdentityFile: quoted(files.privateKey),
      IdentitiesOnly: 'yes',
      IdentityAgent: 'none',
      PreferredAuthentications: 'publickey',
      ServerAliveInterval: 5,
      ServerAliveCountMax: 6,
      TCPKeepAlive: 'yes',
      ForwardAgent: 'no',
      ForwardX11: 'no',
      RequestTTY: 'no',
      LogLevel: 'ERROR',
    }),
    '',
  ].join('\n');
}

function section(name: string, settings: Readonly<Record<string, string | number>>): string[] {
  return [
    `Host ${name}`,
    ...Object.entries(settings).map(([keyword, value]) => `  ${keyword} ${value}`),
  ];
}

function address({ host, port, user }: Endpoint): Record<string, string | number> {
  return { HostName: host, Port: port, User: user };
}

/** `sessionParent` has seen to it that a path has nothing worse in it than blanks. */
function quoted(path: string): string {
  return `"${path}"`;
}

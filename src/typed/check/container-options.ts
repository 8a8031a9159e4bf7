import { likeOne } from './spelling.ts';

/** Options of `docker create` that take a value, and those that take none. https://docs.docker.com/reference/cli/docker/container/create */
const withValue = new Set([
  ...[
    'add-host',
    'annotation',
    'attach',
    'blkio-weight',
    'cap-add',
    'cap-drop',
    'cgroup-parent',
    'cgroupns',
  ],
  ...[
    'cidfile',
    'cpu-period',
    'cpu-quota',
    'cpu-shares',
    'cpus',
    'cpuset-cpus',
    'cpuset-mems',
    'device',
  ],
  ...[
    'device-cgroup-rule',
    'dns',
    'dns-option',
    'dns-search',
    'domainname',
    'entrypoint',
    'env',
    'env-file',
  ],
  ...[
    'expose',
    'gpus',
    'group-add',
    'health-cmd',
    'health-interval',
    'health-retries',
    'health-start-interval',
  ],
  ...[
    'health-start-period',
    'health-timeout',
    'hostname',
    'ip',
    'ip6',
    'ipc',
    'isolation',
    'label',
    'label-file',
  ],
  ...[
    'link',
    'log-driver',
    'log-opt',
    'mac-address',
    'memory',
    'memory-reservation',
    'memory-swap',
    'mount',
  ],
  ...[
    'name',
    'network',
    'network-alias',
    'oom-score-adj',
    'pid',
    'pids-limit',
    'platform',
    'publish',
    'pull',
  ],
  ...[
    'restart',
    'runtime',
    'security-opt',
    'shm-size',
    'stop-signal',
    'stop-timeout',
    'storage-opt',
    'sysctl',
  ],
  ...[
    'tmpfs',
    'ulimit',
    'user',
    'userns',
    'uts',
    'volume',
    'volume-driver',
    'volumes-from',
    'workdir',
  ],
]);
const alone = new Set([
  'init',
  'interactive',
  'no-healthcheck',
  'oom-kill-disable',
  'privileged',
  'publish-all',
  'quiet',
  'read-only',
  'rm',
  'tty',
]);
const short = /^-(?:[acehlmpuvw]|it?|t)$/;
const durations = [
  'health-interval',
  'health-timeout',
  'health-start-period',
  'health-start-interval',
];

/** What the engine would read otherwise than it is meant, in the options of a service or container. */
export function createOptionFaults(options: string): readonly string[] {
  if (options.trim() === '' || options.includes('${{')) return [];
  const quotes = (options.replaceAll(/\\./g, '').match(/"/g) ?? []).length;
  if (quotes % 2 === 1) return ['a quotation mark is not closed'];
  const words = options.match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'])+/g) ?? [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const previous = words[at - 1] ?? '';
    if (!word.startsWith('-')) {
      const command = words.slice(0, at).findLast((each) => each.startsWith('--health-cmd'));
      return [
        command !== undefined
          ? `the engine takes ${word} for the image: write the whole command of --health-cmd in quotes`
          : `the engine takes ${word} for the image, which comes after the options`,
      ];
    }
    if (!word.startsWith('--')) {
      if (!short.test(word) && !/^-[ehlmpuvw]\S+/.test(word))
        return [
          `the engine knows no option ${word}${previous === '' ? '' : `: what belongs to ${words[at - 2] ?? previous} stands in quotes`}`,
        ];
      if (inCommand(words, at))
        return [
          `the engine takes ${word} for its own option: write the whole command of --health-cmd in quotes`,
        ];
      if (!/^-(?:it?|t)$/.test(word) && word.length === 2) at += 1;
      continue;
    }
    const [name = '', given] = word.slice(2).split(/=(.*)/s);
    if (alone.has(name)) continue;
    if (!withValue.has(name)) {
      const like = likeOne(name, [...withValue, ...alone]);
      return [`the engine knows no option --${name}${like ? `; is it --${like}?` : ''}`];
    }
    if (name === 'network')
      return ['GitHub puts every service into a network of its own: --network is not supported'];
    const value = (given ?? words[at + 1] ?? '').replace(/^["'](.*)["']$/s, '$1');
    if (given === undefined) at += 1;
    if (value === '' || (given === undefined && value.startsWith('--')))
      return [`--${name} has no value`];
    if (durations.includes(name) && !/^(?:\d+(?:\.\d+)?(?:ms|us|ns|h|m|s))+$/.test(value))
      return [`--${name} ${value} has no unit: ${value}s`];
    if (name === 'health-retries' && !/^\d+$/.test(value))
      return [`--health-retries is a number, not ${value}`];
  }
  return [];
}

/** An option with one dash directly behind a command of one word belongs to that command. */
function inCommand(words: readonly string[], at: number): boolean {
  const [before = '', value = ''] = [words[at - 2], words[at - 1]];
  return before === '--health-cmd' && !/^["']/.test(value);
}

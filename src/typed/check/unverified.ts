import { type Checked, type Fault, stepsOf } from './fault.ts';
import { calledBy, commandsOf, pipelineOf } from './shell-commands.ts';

const ways: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:ssh|scp|sftp|rsync|git|ansible\S*)\b.*StrictHostKeyChecking[= ](?:no|off)\b/s,
    'whoever answers in the place of this host gets what is sent to it: keep its key (known_hosts) and take StrictHostKeyChecking=yes',
  ],
  [
    /^(?!.*\/dev\/null)(?:curl\b.*\s(?:--insecure|-[a-zA-Z]*k[a-zA-Z]*)(?:\s|$)|wget\b.*--no-check-certificate)(?!.*(?:localhost|127\.0\.0\.1|\/dev\/null))/s,
    'nobody looks whether the host is the one that it says: take --cacert for a certificate of your own',
  ],
  [
    /^git\b.*(?:http\.sslVerify[= ]false)/is,
    'nobody looks whether the host is the one that it says: take http.sslCAInfo for a certificate of your own',
  ],
];

/** Connections to hosts of which nobody asks who they are. */
export function unverifiedFaults(checked: Checked): Fault[] {
  return stepsOf(checked).flatMap(({ step, path }) =>
    commandsOf(step.run ?? '').flatMap((command): Fault[] => {
      const called = pipelineOf(command).map(({ text }) => calledBy(text));
      const [, message] = ways.find(([pattern]) => called.some((each) => pattern.test(each))) ?? [];
      return message === undefined
        ? []
        : [{ path: [...path, 'run'], scriptLine: command.line, message }];
    }),
  );
}

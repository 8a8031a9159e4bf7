import { json, type Reply } from './server.ts';

/** GitHub's body of an error: a message, where to read on, and the status as a string. */
export function gitHubError(
  status: number,
  message: string,
  errors?: readonly { field: string; message: string }[],
): Reply {
  const details = errors && {
    errors: errors.map((each) => ({ resource: 'Request', code: 'custom', ...each })),
  };
  return json(status, {
    message,
    ...details,
    documentation_url: 'https://docs.github.com/rest',
    status: String(status),
  });
}

import { InvalidInput } from '../../../shared/src/errors.ts';

/** What one registry lets the host pull with. */
export interface RegistryCredentials {
  readonly registry: string;
  readonly username: string;
  readonly password: string;
}

/** The credentials in parsed inputs, if any. Throws `InvalidInput` where they are not whole, without quoting them. */
export function credentialsFrom(inputs: {
  readonly registry?: string | undefined;
  readonly 'registry-username'?: string | undefined;
  readonly 'registry-password'?: string | undefined;
}): RegistryCredentials | undefined {
  const { registry } = inputs;
  const username = inputs['registry-username'];
  const password = inputs['registry-password'];
  if (registry !== undefined && username !== undefined && password !== undefined) {
    return { registry, username, password };
  }
  if (username === undefined && password === undefined) return undefined;
  throw new InvalidInput(
    'inputs registry, registry-username and registry-password belong together: give all three, or none where the ' +
      'registry needs no credentials',
  );
}

/** A Docker config.json with the credentials of one registry, or '' without any: what the host pulls with. */
export function registryConfiguration(credentials: RegistryCredentials | undefined): string {
  if (credentials === undefined) return '';
  const { registry } = credentials;
  const auth = travellingForm(credentials);
  // Docker Hub's credentials are kept under the address of its first API.
  const server = registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry;
  return JSON.stringify({ auths: { [server]: { auth } } });
}

/** How a user name and a password travel, and lie in a config.json: whoever reads it has the password. */
export function travellingForm({
  username,
  password,
}: Pick<RegistryCredentials, 'username' | 'password'>): string {
  return Buffer.from(`${username}:${password}`).toString('base64');
}

/** What the run on one machine needs to know beyond what the workflow says. */
export interface LocalRun {
  /** How the repository is called on GitHub, `owner/name`; from its remote `origin` where it is not given. */
  readonly repository?: string;
  /** Paths of the running staging that people want to know, by what they are called: `{ Frontend: '/' }`. */
  readonly addresses?: Readonly<Record<string, string>>;
  /**
   * Values for the staging server's environment file; `CHANGE_ME` values get secrets by themselves, hexadecimal unless
   * something else is said here. `{url}` is the address of the local staging.
   */
  readonly environment?: Readonly<Record<string, string | GeneratedSecret>>;
  /** Values of variables and secrets that the project declares beside those of the stages. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  /** Passwords that are made once for each clone: people find them in its file of secrets. */
  readonly passwords?: readonly string[];
  /**
   * Files on the staging server, by their paths below the base directory; `{md5:NAME}` is the MD5 sum of a password, in
   * Base64 for URLs.
   */
  readonly serverFiles?: Readonly<Record<string, string>>;
  /** A command in a container of the release, after each deployment; where it fails that is a warning. */
  readonly afterDeploy?: AfterDeploy;
  /** A sentence at the end, such as how to sign in; `{secrets}` is the file that holds the passwords. */
  readonly hint?: string;
}

/** A random value of a form that an application may ask for. */
export interface GeneratedSecret {
  readonly generate: 'hex' | 'base64url' | 'fernet';
  /** Bytes of randomness; 32 where it is not given. */
  readonly bytes?: number;
  /** Text before the value, such as `sk_test_`. */
  readonly prefix?: string;
}

/** A command that is run in a service's container. */
export interface AfterDeploy {
  readonly service: string;
  readonly command: readonly [string, ...string[]];
  /** The passwords of the local run that it gets as environment variables. */
  readonly passwords?: readonly string[];
}

/** What a token may do, scope by scope, or all at once in a workflow that was written by hand. */
export type PlainPermissions = Readonly<Record<string, string>> | 'read-all' | 'write-all';

export interface PlainConcurrency {
  readonly group?: string;
  readonly 'cancel-in-progress'?: boolean | string;
}

export interface PlainDefaults {
  readonly run?: { readonly shell?: string; readonly 'working-directory'?: string };
}

/** A container beside the job, or the one that it runs in. */
export interface PlainContainer {
  readonly image?: string;
  readonly env?: Readonly<Record<string, string | number | boolean>>;
  readonly ports?: readonly (string | number)[];
  readonly options?: string;
}

export interface PlainStrategy {
  readonly matrix?: unknown;
  readonly 'max-parallel'?: number;
}

/** A workflow as plain data, in the shape of its YAML. */
export interface Plain {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: PlainPermissions;
  readonly env?: Readonly<Record<string, string | number | boolean>>;
  readonly concurrency?: string | PlainConcurrency;
  readonly defaults?: PlainDefaults;
  readonly jobs: Readonly<Record<string, PlainJob>>;
}

export interface PlainJob {
  readonly name: string;
  readonly needs?: readonly string[];
  readonly if?: string;
  readonly 'runs-on'?: unknown;
  readonly strategy?: PlainStrategy;
  readonly 'continue-on-error'?: boolean | string;
  readonly 'timeout-minutes': number;
  readonly environment?:
    | string
    | { readonly name: string; readonly url?: string; readonly deployment?: boolean | string };
  readonly permissions: PlainPermissions;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string | number | boolean>>;
  readonly concurrency?: string | PlainConcurrency;
  readonly defaults?: PlainDefaults;
  readonly services?: Readonly<Record<string, PlainContainer>>;
  readonly container?: string | PlainContainer;
  /** The reusable workflow that the job calls in place of steps. */
  readonly uses?: string;
  /** What the called workflow gets. */
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly secrets?: 'inherit' | Readonly<Record<string, string>>;
  readonly steps: readonly PlainStep[];
}

export interface PlainStep {
  readonly id?: string;
  readonly name: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Readonly<Record<string, string | number | boolean>>;
  readonly run?: string;
  readonly shell?: string;
  readonly 'working-directory'?: string;
  readonly 'continue-on-error'?: boolean | string;
  readonly 'timeout-minutes'?: number;
}

/** What a workflow's author says of its jobs, by their ids. */
export type PlainPromise =
  | { readonly jobs: readonly string[]; readonly after: readonly string[] }
  | { readonly job: string; readonly gates: readonly string[] };

/** A value of JSON that has no parts. */
export type Scalar = string | number | boolean | null;

/** What a value of a JSON answer must be. All that is given must hold. */
export interface Matcher {
  readonly type?: 'string' | 'number' | 'boolean' | 'object' | 'array' | 'null';
  /** A regular expression that the text of a string or number matches. */
  readonly pattern?: string;
  readonly 'one-of'?: readonly Scalar[];
  readonly min?: number;
  readonly max?: number;
  /** How many items an array, or keys an object, has. */
  readonly count?: number | { readonly min?: number; readonly max?: number };
  /** The same words in any order, separated by blanks or commas: how revisions of several branches are compared. */
  readonly 'same-words'?: string;
  /** True where there must be no such value. */
  readonly absent?: boolean;
}

export type JsonExpectation = Scalar | Matcher;

/** The text of a header, `null` where it must be absent, or what it must look like. */
export type HeaderExpectation = string | null | { readonly pattern: string };

/** What is asked over HTTP. Texts may hold `{commit}`, `{origin}`, `{run}`, `{secret.NAME}` and what a step took. */
export interface HttpRequest {
  /** Begins with `/`; it comes after the input `url`. */
  readonly path: string;
  /** GET where it is not given. */
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** What must come back. */
export interface HttpExpectation {
  /** 200 where it is not given. */
  readonly status?: number | readonly number[];
  readonly 'response-headers'?: Readonly<Record<string, HeaderExpectation>>;
  /** Texts that the body holds. */
  readonly contains?: string | readonly string[];
  /** Texts that the body must not hold. */
  readonly lacks?: string | readonly string[];
  /** By JSON pointer, such as `/items/0/name`. */
  readonly json?: Readonly<Record<string, JsonExpectation>>;
  /** Milliseconds that the answer may take. */
  readonly within?: number;
}

/** Where a value for later steps is found: a JSON pointer, or a header. A secret is shown nowhere. */
export type Take =
  | string
  | { readonly json: string; readonly secret?: boolean }
  | { readonly header: string; readonly secret?: boolean };

/** A request within a sequence. */
export interface RequestStep extends HttpRequest, HttpExpectation {
  readonly name?: string;
  /** Values for the steps that follow, by the name that they write in braces. */
  readonly take?: Readonly<Record<string, Take>>;
}

/** A command in a container of the live release, over the job's SSH connection. */
export interface CommandStep {
  readonly name?: string;
  /** The Compose service whose container runs it. */
  readonly service: string;
  /** The program and its arguments, exactly as given: no shell. They are no secret. */
  readonly command: readonly string[];
  /** Variables that the command sees; they travel over standard input, so secrets may be here. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Texts that its output holds. */
  readonly contains?: string | readonly string[];
  /** A regular expression that its output matches. */
  readonly pattern?: string;
}

export type Step = RequestStep | CommandStep;

interface CheckBase {
  /** What is true when it passes, for people. */
  readonly name: string;
  /** The Compose service that is to blame when it fails: the end of its log is shown. */
  readonly service?: string;
  /** `warning`: it is told, and fails nothing. `failure` where it is not given. */
  readonly severity?: 'failure' | 'warning';
}

/** One request. It has to pass several times in a row, so that what flickers does not pass by chance. */
export interface RequestCheck extends CheckBase, HttpRequest, HttpExpectation {
  readonly kind?: 'request';
  readonly status: number | readonly number[];
  /** How often in a row; 3 for requests that change nothing, and 8 where an expectation names the commit. */
  readonly 'in-a-row'?: number;
}

/** Steps that hand values on; a step that fails ends it, and the clean-up runs in any case. */
export interface SequenceCheck extends CheckBase {
  readonly kind: 'sequence';
  readonly steps: readonly Step[];
  /** Runs after the steps, after failed ones too; a step of it whose values were never taken is left out. */
  readonly cleanup?: readonly Step[];
}

/** A page, and every script and style that it names, with what they import: served, not empty, and what they say they are. */
export interface PageCheck extends CheckBase {
  readonly kind: 'page';
  readonly path: string;
  /** Addresses of the application's own pages, which answer with the same page. */
  readonly 'deep-links'?: readonly string[];
  /** An address of an asset that does not exist, and has to be 404. */
  readonly 'missing-asset'?: string;
}

/** How a browser step finds its element: as a person does, or by a CSS selector. */
export type Target =
  /** A button, link, heading, field… and its accessible name. */
  | { readonly role: string; readonly name?: string }
  /** A form field by its label. */
  | { readonly label: string }
  /** Anything that shows this text. */
  | { readonly text: string }
  | { readonly css: string };

export type BrowserStep =
  | { readonly open: string }
  | { readonly fill: Target; readonly with: string }
  | { readonly click: Target }
  | { readonly press: string }
  /** Waits until it is there and visible. */
  | { readonly see: Target; readonly 'at-least'?: number }
  /** Waits until it is gone. */
  | { readonly 'see-not': Target }
  /** Waits until the path is this one. */
  | { readonly at: string }
  | { readonly reload: true };

/** A real Chromium opens the page and does the steps; no script may fail, and nothing be reported as an error. */
export interface BrowserCheck extends CheckBase {
  readonly kind: 'browser';
  readonly path: string;
  readonly steps?: readonly BrowserStep[];
  /** `if available`: where the runner has no browser the check is left out, and that is said. */
  readonly browser?: 'required' | 'if available';
  /** Regular expressions of messages in the console that are no fault. */
  readonly 'allowed-errors'?: readonly string[];
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** How long answers take, one after the other, when all else has passed. */
export interface LatencyCheck extends CheckBase, HttpRequest {
  readonly kind: 'latency';
  /** 200 where it is not given. */
  readonly status?: number;
  /** 20 where it is not given. */
  readonly samples?: number;
  /** Milliseconds within which 95 of 100 answers come. */
  readonly p95: number;
}

/** Asks until it is refused: comes last, since it uses the limit up. */
export interface RateLimitCheck extends CheckBase, HttpRequest {
  readonly kind: 'rate-limit';
  /** At most that many requests; the limit has to show before. */
  readonly requests: number;
  /** What is asked again afterwards has to be served within that many seconds; 60 where it is not given. */
  readonly 'served-again-within'?: number;
}

/** What runs on the host, asked over SSH: every container of the services is of the release, and its image the one that was built. */
export interface ContainersCheck extends CheckBase {
  readonly kind: 'containers';
  /** The services whose images the pipeline builds; those of the input `images` where they are not given. */
  readonly services?: readonly string[];
  /** The label of the images that names the commit; `false` where they have none. */
  readonly label?: string | false;
  /** How many containers a service has; at least one where it is not given. */
  readonly replicas?: Readonly<Record<string, number>>;
}

/** One command in a container. */
export interface CommandCheck extends CheckBase, Omit<CommandStep, 'name' | 'service'> {
  readonly kind: 'command';
  readonly service: string;
  /** True where it comes before what signs in, writes or opens a browser, since they need what it makes. */
  readonly first?: boolean;
}

/** The certificate of an https address; asked by itself where the input `url` is one. */
export interface TlsCheck extends CheckBase {
  readonly kind: 'tls';
  /** Days that it must still be valid; 7 where it is not given. */
  readonly 'days-left'?: number;
}

/** What a deployed application has to do. */
export type SmokeCheck =
  | RequestCheck
  | SequenceCheck
  | PageCheck
  | BrowserCheck
  | LatencyCheck
  | RateLimitCheck
  | ContainersCheck
  | CommandCheck
  | TlsCheck;

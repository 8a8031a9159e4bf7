declare const problem: unique symbol;

/** A type that no value has: where a definition is wrong, the compiler shows `Message` at the place of the mistake. */
export interface Problem<Message extends string> {
  readonly [problem]: Message;
}

/** Like `Problem`: a value that cannot stand where it stands, and what can. */
export interface Unfit<Message extends string, Allowed> {
  readonly [problem]: Message;
  readonly allowed: Allowed;
}

/** The type of a key, where there is one. */
export type Member<Of, Key> = Key extends keyof Of ? Of[Key] : unknown;

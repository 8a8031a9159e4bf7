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

/** What is wrong with an object that knows the keys of `Known` only; `unknown` where a key is right. */
export type KnownKeys<Of, Known, What extends string> = {
  readonly [Key in keyof Of]: Key extends Keys<Known>
    ? unknown
    : Problem<`${What} has no key ${Key & string}`>;
};

type Keys<Of> = Of extends unknown ? keyof Of : never;

/** A type that is no union; nothing for one, of which it is known in a run only which part it is. */
export type Single<Of, Whole = Of> = Of extends unknown
  ? [Whole] extends [Of]
    ? Of
    : never
  : never;

/** The type of a key, where there is one. */
export type Member<Of, Key> = Key extends keyof Of ? Of[Key] : unknown;

/** What is known of every action that a step may use, by what its author writes in `uses`, without the ref. */
export type ActionCatalog = Readonly<Record<string, ActionFacts>>;

/** What compiling a step with an action takes. */
export interface ActionFacts extends Pin {
  readonly inputs: Readonly<Record<string, InputFacts>>;
  readonly outputs: readonly string[];
  /** What the job's token has to allow if the action gets it, as an input or by an input's default. */
  readonly permissions: Readonly<Record<string, PermissionRange>>;
}

/** What is compiled for an action. */
export interface Pin {
  /** As it is compiled: an action of the same repository by its path, every other with its full commit SHA. */
  readonly uses: string;
  /** The tag of that commit, for the comment beside `uses`; actions of the same repository have none. */
  readonly version?: string;
}

/** What is known of an input besides its type. */
export interface InputFacts {
  /** The text that the action gets where a step gives none; it may hold expressions. */
  readonly default?: string;
  /** Every step has to give it: the metadata demands it and has no default. */
  readonly required?: true;
  /** What it takes, where that is known. */
  readonly type?: 'boolean' | 'number' | 'enum' | 'list' | 'string';
  /** What it takes where it takes some texts only, or what the items of its list are. */
  readonly values?: readonly string[];
  /** The input is a list, which the action gets as one text with this between the items. */
  readonly separator?: string;
}

/** The least and the most that a permission has to be: it depends on what the action is used for. */
export interface PermissionRange {
  readonly least: PermissionLevel;
  readonly most: PermissionLevel;
}

export type PermissionLevel = 'none' | 'read' | 'write';

import { InvalidInput } from '../../../shared/src/errors.ts';
import { inputLines } from '../../../shared/src/inputs.ts';

/** Whom to call when staging breaks. */
export interface Mentions {
  /** As Slack writes them in mrkdwn: `<!here>`, `<!subteam^S…>`. */
  readonly always: readonly string[];
  /** Slack's user ids by GitHub login in lower case, for the author of the commit. */
  readonly authors: ReadonlyMap<string, string>;
}

const group = /^S[A-Z0-9]{6,20}$/;
const author =
  /^(?<login>[A-Za-z0-9][A-Za-z0-9-]{0,38}(?:\[bot\])?)\s*=\s*(?<user>[UW][A-Z0-9]{6,20})$/;

/**
 * Reads the input `mention`, a line each: `here`, a user group's id, `author`, or `login=USER_ID` that says who an
 * author is on Slack. Throws `InvalidInput`.
 */
export function parseMentions(text: string): Mentions {
  const always: string[] = [];
  const authors = new Map<string, string>();
  for (const line of inputLines(text)) {
    const { login, user } = author.exec(line)?.groups ?? {};
    if (login !== undefined && user !== undefined) authors.set(login.toLowerCase(), user);
    else if (line === 'here') always.push('<!here>');
    else if (group.test(line)) always.push(`<!subteam^${line}>`);
    else if (line !== 'author') throw new InvalidInput(problem(line));
  }
  if (inputLines(text).includes('author') && authors.size === 0) {
    throw new InvalidInput(
      'input mention names author, but no line says who that is on Slack, such as camille=U0123ABCD',
    );
  }
  return { always, authors };
}

/** Whom to mention for a commit of `login`, ready for mrkdwn. */
export function mentionsFor({ always, authors }: Mentions, login: string | undefined): string[] {
  const user = authors.get(login?.toLowerCase() ?? '');
  return user === undefined ? [...always] : [...always, `<@${user}>`];
}

function problem(line: string): string {
  const allowed = 'here, the id of a user group (S0123ABCD), author, or GITHUB_LOGIN=SLACK_USER_ID';
  return `input mention has the line ${JSON.stringify(line)}: it must be ${allowed}`;
}

/** A migration of a test's application. */
export interface Revision {
  readonly id: string;
  /** The one before; nothing for a root. */
  readonly after?: string;
  /** One of another branch that has to be there first. */
  readonly dependsOn?: string;
  readonly message?: string;
  /** Python statements of upgrade(); `op` and `sa` are there, and `sql("…")`. */
  readonly up: string;
  readonly down?: string;
  /** Comments of the file. */
  readonly comments?: readonly string[];
}

/** The text of the migration's file. */
export function revisionFile(revision: Revision): string {
  const { id, after, dependsOn, message, up, down, comments = [] } = revision;
  return `"""${message ?? `Step ${id}.`}"""
${comments.map((line) => `# ${line}\n`).join('')}
import sqlalchemy as sa
from alembic import op

revision = "${id}"
down_revision = ${after === undefined ? 'None' : `"${after}"`}
branch_labels = None
depends_on = ${dependsOn === undefined ? 'None' : `"${dependsOn}"`}


def sql(statement):
    op.execute(sa.text(statement))


def upgrade():
${body(up)}


def downgrade():
${body(down ?? 'pass')}
`;
}

/** A chain of migrations that each make a table, and take it away again. */
export function tables(count: number, from = 1, after?: string): Revision[] {
  return Array.from({ length: count }, (_, index) => {
    const number = from + index;
    const before = index === 0 ? after : nameOf(number - 1);
    return {
      id: nameOf(number),
      ...(before !== undefined && { after: before }),
      up: `sql("CREATE TABLE t${number} (id bigint PRIMARY KEY, note text)")`,
      down: `sql("DROP TABLE t${number}")`,
    };
  });
}

function nameOf(number: number): string {
  return `r${String(number).padStart(3, '0')}`;
}

function body(statements: string): string {
  return statements
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

import * as z from 'zod/mini';

const name = z.string().check(z.regex(/^[a-z0-9][a-z0-9._-]*$/i, 'must be a name'));
const texts = z._default(z.array(z.string()), []);

const image = z.strictObject({
  kind: z.literal('image'),
  name,
  /** What runs; the input `images` says it where it is not given. */
  image: z._default(z.string(), ''),
  /** Whether its Dockerfile is the repository's: those of others are not judged, since Compose says how they run. */
  own: z._default(z.boolean(), false),
  /** Whether the registry wants the login. */
  login: z._default(z.boolean(), false),
  /** Types of packages, as Trivy calls them, that must be found beside those of the distribution. */
  packages: texts,
  /** Whether it is made from a distribution; an image of one program is not. */
  distribution: z._default(z.boolean(), true),
});

const repository = z.strictObject({
  kind: z.literal('repository'),
  name,
  packages: texts,
  /** Files whose settings must have been looked at, such as Dockerfiles. */
  files: texts,
  skip: texts,
});

const bandit = z.strictObject({
  kind: z.literal('bandit'),
  name,
  folder: z._default(z.string(), '.'),
  paths: z.array(z.string()).check(z.minLength(1)),
  configuration: z.optional(z.string()),
  /** The least that fails. */
  severity: z._default(z.enum(['LOW', 'MEDIUM', 'HIGH']), 'HIGH'),
});

export const scansSchema = z
  .array(z.discriminatedUnion('kind', [image, repository, bandit]))
  .check(z.minLength(1));

export type ImageScan = z.output<typeof image>;
export type RepositoryScan = z.output<typeof repository>;
export type BanditScan = z.output<typeof bandit>;

/** Something that is scanned. */
export type Scan = ImageScan | RepositoryScan | BanditScan;

import { z } from 'zod';
import { inputLines } from '../../../shared/src/inputs.ts';
import { releaseIdSchema } from '../../../shared/src/release-id.ts';
import { connectionInputs } from '../../../shared/src/ssh/connection.ts';
import { imageSources } from './images.ts';
import { limitInputs } from './limits.ts';

export const commands = ['stage', 'release', 'confirm', 'rollback', 'status', 'unlock'] as const;

const relativePath =
  /^(?!-)(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]+(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]+)*\/?$/;
const serviceName = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;
const hostAccess = /^[A-Za-z0-9._-]+=[A-Za-z0-9._/:=@,+-]+$/;
// Words with single blanks between: the host reads them so.
const environmentRule = /^[a-z-]+(?: [!-~]+)*$/;
const commit = /^[0-9a-f]{7,40}$/;

/** Every input, as the runner hands it over. */
export const schema = z.object({
  command: z.enum(commands, `must be ${commands.slice(0, -1).join(', ')} or ${commands.at(-1)}`),
  ...connectionInputs,
  // One a line; ./hosts.ts reads it.
  host: z.string(),
  release: releaseIdSchema.optional(),
  leave: releaseIdSchema.optional(),
  'compose-file': z
    .string()
    .regex(relativePath, 'must be a path inside the workspace')
    .default('docker-compose.staging.yml'),
  'environment-example': z
    .string()
    .regex(relativePath, 'must be a path inside the workspace')
    .optional(),
  'environment-rules': z
    .string()
    .default('')
    .transform(inputLines)
    .refine(
      (lines) => lines.every((line) => environmentRule.test(line)),
      'must be rules such as "variable NAME required", one a line',
    ),
  files: z
    .string()
    .default('infra')
    .transform(inputLines)
    .refine(
      (paths) => paths.every((path) => relativePath.test(path)),
      'must be paths inside the workspace, one a line',
    ),
  'host-access': z
    .string()
    .default('')
    .transform(inputLines)
    .refine(
      (lines) => lines.every((line) => hostAccess.test(line)),
      'must be lines such as agent=privileged or exporter=/proc, of letters, digits and . _ / : = @ , + -',
    ),
  images: z.string().default(''),
  'image-source': z.enum(imageSources, 'must be registry or runner').default('registry'),
  'optional-services': z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,]+/).filter((name) => name !== ''))
    .refine(
      (names) => names.every((name) => serviceName.test(name)),
      'must be names of services, such as "prometheus grafana"',
    ),
  proxy: z
    .string()
    .regex(serviceName, 'must be the name of a service of the Compose file, such as nginx')
    .default('nginx'),
  registry: z
    .string()
    .regex(/^[A-Za-z0-9.-]+(?::\d+)?$/, 'must be a registry such as ghcr.io or localhost:5000')
    .optional(),
  'registry-username': z.string().optional(),
  'registry-password': z.string().optional(),
  ...limitInputs,
  force: z
    .enum(['true', 'false'], 'must be true or false')
    .default('false')
    .transform((text) => text === 'true'),
});

/** With no images to make a release of, `stage` takes one from the host, which a commit can name too. */
export const restageSchema = schema.extend({
  release: z
    .string()
    .refine(
      (text) => releaseIdSchema.safeParse(text).success || commit.test(text),
      'must be a release id, such as 20260131T235959Z-0a1b2c3 (see the output of `status`), or a commit: 40 ' +
        'hexadecimal digits, or at least its first 7',
    )
    .optional(),
});

export type ParsedInputs = z.output<typeof schema>;

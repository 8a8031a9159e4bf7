import { z } from 'zod';
import { InvalidInput } from '../../shared/src/errors.ts';
import { parseInputs, type ReadInput } from '../../shared/src/inputs.ts';
import { releaseIdSchema } from '../../shared/src/release-id.ts';
import {
  type Connection,
  connectionFrom,
  connectionInputs,
} from '../../shared/src/ssh/connection.ts';
import { limitInputs, limitsFrom } from './limits.ts';
import type { LintSettings } from './lint/lint.ts';
import { levels, parseLevels } from './lint/rules.ts';
import { driftLevels, type MigrationSettings, waysBack } from './settings.ts';

export const secretInputs = ['private-key', 'database-url'] as const;

const serviceName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, 'must be the name of a Compose service');
const yesOrNo = z
  .enum(['true', 'false'], 'must be true or false')
  .transform((text) => text === 'true');

const common = {
  target: z
    .string()
    .regex(/^[A-Za-z0-9_.]+$/, 'must be head, heads or a revision')
    .default('head'),
  'dry-run': yesOrNo.default(false),
  backup: yesOrNo.default(true),
  'on-failure': z.enum(waysBack, `must be ${waysBack.join(', ')}`).default('downgrade'),
  drift: z.enum(driftLevels, `must be ${driftLevels.join(', ')}`).default('warn'),
  lint: z.enum(levels, `must be ${levels.join(', ')}`).default('error'),
  'lint-rules': z.string().default(''),
  ...limitInputs,
} as const;

const sshSchema = z.object({
  ...connectionInputs,
  release: releaseIdSchema,
  service: serviceName.default('api'),
  'database-service': serviceName.default('postgres'),
  ...common,
});

const directSchema = z.object({
  'database-url': z
    .string()
    .regex(/^postgres(?:ql)?(?:\+[a-z0-9]+)?:\/\//, 'must begin with postgresql://'),
  'working-directory': z.string().default('.'),
  python: z.string().default('python'),
  'backup-directory': z.string().optional(),
  ...common,
  'on-failure': z
    .enum(
      ['downgrade', 'keep'],
      'must be downgrade or keep: a restore would lose what others write meanwhile, and with transport direct nobody ' +
        'can stop them',
    )
    .default('downgrade'),
});

const transportSchema = z.object({
  transport: z.enum(['ssh', 'direct'], 'must be ssh or direct').default('ssh'),
});

/** The staging host, and a release that was staged on it. */
export interface SshWay {
  readonly transport: 'ssh';
  readonly connection: Connection;
  readonly baseDirectory: string;
  readonly release: string;
  readonly service: string;
  readonly databaseService: string;
}

/** A database that this machine reaches, and an application that is checked out and installed here. */
export interface DirectWay {
  readonly transport: 'direct';
  readonly databaseUrl: string;
  readonly workingDirectory: string;
  readonly python: string;
  readonly backupDirectory: string | undefined;
}

export interface Inputs {
  readonly way: SshWay | DirectWay;
  readonly dryRun: boolean;
  readonly lint: LintSettings;
  readonly settings: MigrationSettings;
}

/** Reads and checks all inputs. Throws `InvalidInput`. */
export function readInputs(read: ReadInput): Inputs {
  const { transport } = parseInputs(transportSchema, read);
  if (transport === 'direct') {
    const parsed = parseInputs(directSchema, read, secretInputs);
    return {
      way: {
        transport,
        databaseUrl: parsed['database-url'],
        workingDirectory: parsed['working-directory'],
        python: parsed.python,
        backupDirectory: parsed['backup-directory'],
      },
      ...commonFrom(parsed),
    };
  }
  const parsed = parseInputs(sshSchema, read, secretInputs);
  return {
    way: {
      transport,
      connection: connectionFrom(parsed),
      baseDirectory: parsed['base-directory'],
      release: parsed.release,
      service: parsed.service,
      databaseService: parsed['database-service'],
    },
    ...commonFrom(parsed),
  };
}

function commonFrom(parsed: z.output<z.ZodObject<typeof common>>): Omit<Inputs, 'way'> {
  if (parsed['on-failure'] === 'restore' && !parsed.backup) {
    throw new InvalidInput(
      'input on-failure is "restore", but backup is "false": there would be nothing to restore',
    );
  }
  return {
    dryRun: parsed['dry-run'],
    lint: { level: parsed.lint, rules: parseLevels(parsed['lint-rules']) },
    settings: {
      target: parsed.target,
      onFailure: parsed['on-failure'],
      drift: parsed.drift,
      backup: parsed.backup,
      limits: limitsFrom(parsed),
    },
  };
}

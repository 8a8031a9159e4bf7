import { z } from 'zod';
import { InvalidInput } from '../../shared/src/errors.ts';
import { parseInputs, type ReadInput } from '../../shared/src/inputs.ts';
import { type Needs, needsSchema } from './outcome.ts';
import { type Locale, locales } from './texts.ts';

export const secretInputs = ['webhook-url', 'bot-token', 'github-token'] as const;

const webAddress = z
  .string()
  .regex(/^https?:\/\/[^\s<>|]+$/, 'must be an address that begins with https://');

const schema = z.object({
  needs: z.string(),
  'webhook-url': webAddress.optional(),
  'bot-token': z.string().startsWith('xoxb-', 'must be a bot token (xoxb-...)').optional(),
  channel: z
    .string()
    .regex(/^[#A-Za-z0-9][^\s<>,]*$/, 'must be a channel such as #staging-alerts')
    .optional(),
  'environment-url': webAddress.optional(),
  release: z.string().optional(),
  'migration-from': z.string().optional(),
  'migration-to': z.string().optional(),
  locale: z.enum(locales, 'must be fr or en').default('fr'),
  'github-token': z.string().optional(),
  'slack-api-url': webAddress.default('https://slack.com/api/'),
  required: z
    .enum(['true', 'false'], 'must be true or false')
    .default('false')
    .transform((text) => text === 'true'),
});

/** Where the message goes. */
export type Destination =
  | { readonly kind: 'webhook'; readonly url: string }
  | {
      readonly kind: 'bot';
      readonly token: string;
      readonly channel: string;
      readonly apiUrl: string;
    };

export interface Inputs {
  readonly needs: Needs;
  readonly destination: Destination;
  readonly environmentUrl: string | undefined;
  readonly release: string | undefined;
  readonly migrationFrom: string | undefined;
  readonly migrationTo: string | undefined;
  readonly locale: Locale;
  readonly githubToken: string | undefined;
  readonly required: boolean;
}

/** Reads and checks all inputs. Throws `InvalidInput`. */
export function readInputs(read: ReadInput): Inputs {
  const parsed = parseInputs(schema, read, secretInputs);
  return {
    needs: parseNeeds(parsed.needs),
    destination: destinationFrom(parsed),
    environmentUrl: parsed['environment-url'],
    release: parsed.release,
    migrationFrom: parsed['migration-from'],
    migrationTo: parsed['migration-to'],
    locale: parsed.locale,
    githubToken: parsed['github-token'],
    required: parsed.required,
  };
}

function destinationFrom(parsed: z.output<typeof schema>): Destination {
  const url = parsed['webhook-url'];
  const token = parsed['bot-token'];
  const { channel } = parsed;
  if ((url === undefined) === (token === undefined)) {
    throw new InvalidInput(
      'give one of the inputs webhook-url and bot-token: without either there is nowhere to send the message to',
    );
  }
  if (url !== undefined) return { kind: 'webhook', url };
  if (token !== undefined && channel !== undefined) {
    return { kind: 'bot', token, channel, apiUrl: parsed['slack-api-url'] };
  }
  throw new InvalidInput(
    'input channel is missing: a bot posts to a channel, such as #staging-alerts',
  );
}

function parseNeeds(text: string): Needs {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InvalidInput('input needs is not JSON: it must be ${{ toJSON(needs) }}', {
      cause: error,
    });
  }
  const result = needsSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new InvalidInput(
    `input needs, at ${issue?.path.join('.') || 'the top'}: ${issue?.message}. It must be \${{ toJSON(needs) }}`,
  );
}

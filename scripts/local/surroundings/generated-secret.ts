import { randomBytes } from 'node:crypto';
import type { GeneratedSecret } from '../../../src/project/local-run.ts';

/** A random value of a form; Fernet keys are 32 bytes in URL-safe Base64 with padding. */
export function generateSecret({ generate, bytes = 32, prefix = '' }: GeneratedSecret): string {
  if (generate === 'fernet')
    return prefix + randomBytes(32).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
  return prefix + randomBytes(bytes).toString(generate);
}

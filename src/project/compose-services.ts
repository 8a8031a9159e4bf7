import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { DefinitionError } from '../typed/definition-error.ts';

const longPort = z
  .object({
    published: z.union([z.string(), z.number()]).optional(),
    host_ip: z.string().optional(),
    protocol: z.string().default('tcp'),
  })
  // A tunnel over SSH leads to TCP ports only.
  .transform(({ published, host_ip: address, protocol }) => ({
    published: protocol === 'tcp' ? published : undefined,
    address,
  }));

const service = z.object({
  image: z.string().optional(),
  build: z.unknown().optional(),
  // What says whether two containers can run side by side.
  container_name: z.unknown().optional(),
  network_mode: z.unknown().optional(),
  scale: z.unknown().optional(),
  deploy: z.object({ replicas: z.unknown().optional() }).nullish(),
  ports: z.array(z.union([z.string(), z.number().transform(String), longPort])).default([]),
  profiles: z.array(z.string()).default([]),
  // What says which variables it gets.
  env_file: z.unknown().optional(),
  environment: z.unknown().optional(),
});

const schema = z.object({
  services: z.record(z.string(), service, { error: 'is missing' }),
});

/** A service of a Compose file, as far as the pipeline has to know it. */
export type ComposeService = z.output<typeof service>;

/** The services of a Compose file, by name. */
export type ComposeServices = Readonly<Record<string, ComposeService>>;

/** Reads a Compose file, relative to `root`. Throws `DefinitionError` that says what is wrong in it. */
export function readComposeServices(root: string, file: string): ComposeServices {
  const result = schema.safeParse(parsed(root, file));
  if (result.success) return result.data.services;
  throw new DefinitionError(`${file} cannot be used:\n${z.prettifyError(result.error)}`);
}

function parsed(root: string, file: string): unknown {
  try {
    return parse(readFileSync(join(root, file), 'utf8'), { merge: true, logLevel: 'error' });
  } catch (error) {
    throw new DefinitionError(`the Compose file ${file} cannot be read: ${String(error)}`);
  }
}

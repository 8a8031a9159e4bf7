import * as z from 'zod/mini';

const report = z.looseObject({
  Metadata: z.optional(z.looseObject({ ImageConfig: z.optional(z.unknown()) })),
  Results: z.optional(
    z.nullable(
      z.array(
        z.looseObject({
          Misconfigurations: z.optional(
            z.nullable(z.array(z.looseObject({ CauseMetadata: z.optional(z.looseObject({})) }))),
          ),
        }),
      ),
    ),
  ),
});

/**
 * Trivy's report of an image without the image's environment and history, where secrets are in the clear: who may read a
 * repository may read the artifacts of its runs. Text that is no such report stays as it is.
 */
export function withoutConfiguration(text: string): string {
  const parsed = report.safeParse(fromJson(text));
  if (!parsed.success) return text;
  const { Metadata, Results, ...rest } = parsed.data;
  const { ImageConfig: _, ...metadata } = Metadata ?? {};
  const results = Results?.map(({ Misconfigurations, ...result }) => ({
    ...result,
    ...(Misconfigurations && {
      Misconfigurations: Misconfigurations.map((found) => ({
        ...found,
        ...(found.CauseMetadata && { CauseMetadata: withoutLines(found.CauseMetadata) }),
      })),
    }),
  }));
  return JSON.stringify({
    ...rest,
    ...(Metadata && { Metadata: metadata }),
    ...(Results !== undefined && { Results: results ?? null }),
  });
}

/** The lines that a fault is in are those of the history. */
function withoutLines({ Code: _, RenderedCause: __, ...cause }: Record<string, unknown>): object {
  return cause;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

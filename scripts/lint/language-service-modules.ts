import { registerHooks } from 'node:module';

type Modules = Awaited<ReturnType<typeof load>>;

let loaded: Promise<Modules> | undefined;

/** GitHub's language service. Its packages import JSON as bundlers read it, which Node.js alone refuses. */
export async function languageServiceModules(): Promise<Modules> {
  loaded ??= load();
  return await loaded;
}

async function load() {
  const hooks = registerHooks({
    load: (url, context, next) =>
      /\/node_modules\/@actions\/.*\.json$/.test(url)
        ? next(url, { ...context, importAttributes: { type: 'json' } })
        : next(url, context),
  });
  try {
    const [{ validate }, { registerLogger }, { clearCacheEntry }, expressions] = await Promise.all([
      import('@actions/languageservice/validate'),
      import('@actions/languageservice/log'),
      import('@actions/languageservice/utils/workflow-cache'),
      import('@actions/expressions'),
    ]);
    // Only its log says that a validation broke off; its answer then looks like that of a workflow without mistakes.
    registerLogger({
      log() {},
      info() {},
      warn() {},
      error(message) {
        throw new Error(`@actions/languageservice: ${message}`);
      },
    });
    const { DescriptionDictionary, data } = expressions;
    return { validate, clearCacheEntry, DescriptionDictionary, StringData: data.StringData };
  } finally {
    hooks.deregister();
  }
}

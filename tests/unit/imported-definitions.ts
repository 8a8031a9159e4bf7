import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import type { Imported } from '../../scripts/import/workflow.ts';
import { packageRoot } from '../../scripts/repository/repository.ts';

const layer = pathToFileURL(join(packageRoot, 'src/typed/index.ts')).href;

/** What a project would add for an action; whatever a step gives it is an input. */
const facts = (uses: string) => ({ uses, inputs: {}, outputs: [], permissions: {} });

/** Compiles definitions in a process of its own, which has the actions that they use; the YAML by id. */
export async function compileImported(
  folder: string,
  imported: readonly Imported[],
): Promise<ReadonlyMap<string, string>> {
  for (const { id, source } of imported)
    await writeFile(
      join(folder, `${id}.ts`),
      source.replace("'staging-pipeline'", () => `'${layer}'`),
    );
  const actions = imported.flatMap(({ source }) =>
    [...source.matchAll(/uses: '([^']+)'/g)].map(([, key = '']) => key),
  );
  const module = (path: string) => pathToFileURL(join(packageRoot, 'src/typed', path)).href;
  const program = `
    import { compile } from '${module('compile.ts')}';
    import { actionOf, defineActions } from '${module('catalog.ts')}';
    const facts = ${facts.toString()};
    for (const key of ${JSON.stringify(actions)}) {
      const uses = /^(?:\\.|docker:)/.test(key) ? key : key + '@' + '0'.repeat(40);
      if (!actionOf(key)) defineActions({ [key]: facts(uses) });
    }
    const made = {};
    for (const id of ${JSON.stringify(imported.map(({ id }) => id))}) {
      const { default: workflow } = await import(${JSON.stringify(pathToFileURL(folder).href)} + '/' + id + '.ts');
      made[id] = compile(workflow, { source: id, command: 'a test' }).yaml;
    }
    process.stdout.write(JSON.stringify(made));
  `;
  const main = join(folder, 'compile.mjs');
  await writeFile(main, program);
  const { stdout } = await execa(process.execPath, ['--conditions=source', main]);
  return new Map(Object.entries(JSON.parse(stdout)));
}

/** What the compiler says of definitions, with every action that they use in the catalog. */
export async function typeErrorsOf(
  folder: string,
  imported: readonly Imported[],
): Promise<readonly string[]> {
  const path = join(packageRoot, 'src/typed/index.ts');
  const keys = new Set(
    imported.flatMap(({ missingActions }) => missingActions.map(({ key }) => key)),
  );
  for (const { id, source } of imported)
    await writeFile(
      join(folder, `${id}.ts`),
      source.replace("'staging-pipeline'", () => `'${path}'`),
    );
  const actions = [...keys].map(
    (key) => `'${key}': { inputs: { [name: string]: unknown }; outputs: never };`,
  );
  await writeFile(
    join(folder, 'actions.d.ts'),
    `import '${packageRoot}/src/typed/actions.ts';\ndeclare module '${packageRoot}/src/typed/actions.ts' { interface ProjectActions { ${actions.join('\n')} } }\n`,
  );
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(packageRoot, 'tsconfig.json'),
      compilerOptions: { typeRoots: [join(packageRoot, 'node_modules/@types')] },
      include: [join(folder, '*.ts')],
      exclude: [],
    }),
  );
  const { stdout } = await execa('tsc', ['--project', folder, '--pretty', 'false'], {
    cwd: packageRoot,
    preferLocal: true,
    reject: false,
  });
  return stdout.split('\n').filter((line) => /error TS/.test(line));
}

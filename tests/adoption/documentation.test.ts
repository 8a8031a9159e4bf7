import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { packageRoot } from '../../scripts/repository/repository.ts';
import { Adopter, folder } from './adopter.ts';

const { root, tarball } = inject('adopter');
const adopter = new Adopter(root, tarball);
const page = await readFile(join(packageRoot, 'docs/adopting.md'), 'utf8');

interface Snippet {
  readonly language: string;
  readonly text: string;
}

const snippets: readonly Snippet[] = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(
  ([, language = '', text = '']) => ({ language, text }),
);

/** Where in the monorepo the snippets of a language come from; several in the order of the page. */
const sources: Readonly<Record<string, readonly string[]>> = {
  json: [`${folder}/package.json`],
  yaml: ['deploy/compose.staging.yml'],
  nginx: ['deploy/edge/nginx.conf', 'deploy/edge/nginx.conf'],
  dockerfile: ['Dockerfile'],
  ts: [`${folder}/settings.ts`, `${folder}/staging.ts`],
};

describe('docs/adopting.md', () => {
  it('shows a part of each kind of file', () => {
    for (const [language, files] of Object.entries(sources))
      expect(snippets.filter((each) => each.language === language)).toHaveLength(files.length);
  });

  it.each(
    Object.entries(sources).flatMap(([language, files]) =>
      files.map((file, index) => ({ language, file, index })),
    ),
  )('shows what is in $file', async ({ language, file, index }) => {
    await adopter.checkOut('adopted');
    const text = await adopter.read(file);
    const shown = snippets.filter((each) => each.language === language)[index]?.text ?? '';
    let from = 0;
    for (const part of shown.split('…').filter((each) => each.trim() !== '')) {
      const at = text.indexOf(part.replace(/^\n/, '').replace(/"\n$/, ''), from);
      expect(at, `${file} has no:\n${part}`).toBeGreaterThanOrEqual(0);
      from = at + part.length - 1;
    }
  });

  it('calls commands that there are', async () => {
    const { printed } = await adopter.pipeline('--help');
    const called = [...page.matchAll(/npx staging-pipeline ([\w-]+)/g)].map(([, name]) => name);
    expect(called.length).toBeGreaterThan(6);
    for (const name of new Set(called)) expect(printed).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  });

  it('names what is generated', async () => {
    const [, table = ''] = /\| Generated \|.*\n((?:\|.*\n)+)/.exec(page) ?? [];
    const named = [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, path = '']) => path);
    expect(named).toEqual([
      '.github/workflows/staging.yml',
      `${folder}/actions/*/`,
      '.github/dependabot.yml',
      `${folder}/actions.generated.ts`,
    ]);
  });

  it('links to pages and headings that there are', async () => {
    for (const [, path = '', heading] of page.matchAll(/\]\(([^)#]+)(?:#([^)]+))?\)/g)) {
      const target = join(packageRoot, 'docs', path);
      await expect(access(target), path).resolves.toBeUndefined();
      if (heading === undefined) continue;
      const headings = (await readFile(target, 'utf8')).match(/^#+ .*$/gm) ?? [];
      const anchors = headings.map((each) =>
        each
          .replace(/^#+ /, '')
          .toLowerCase()
          .replace(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
      );
      expect(anchors, path).toContain(heading);
    }
  });
});

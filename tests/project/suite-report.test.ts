import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../unit/stand-ins-process.ts';
import { job } from './compiled-workflow.ts';

const step = job('integration').steps.find(({ id }) => id === 'report');

/** What the step says of a report; `undefined` where the suite has written none. */
async function told(report: string | undefined) {
  await using folder = await temporaryFolder();
  const files = { output: join(folder.path, 'output'), summary: join(folder.path, 'summary') };
  await mkdir(join(folder.path, 'reports'));
  if (report !== undefined) await writeFile(join(folder.path, step?.env?.REPORT ?? ''), report);
  const { stdout } = await execa('python3', ['-c', step?.run ?? ''], {
    cwd: folder.path,
    env: { ...step?.env, GITHUB_OUTPUT: files.output, GITHUB_STEP_SUMMARY: files.summary },
  });
  const [, results = ''] = /^results=(.*)$/m.exec(await readFile(files.output, 'utf8')) ?? [];
  return {
    lines: stdout.split('\n'),
    summary: await readFile(files.summary, 'utf8'),
    results: JSON.parse(results),
  };
}

const cases = (...each: string[]) =>
  `<?xml version="1.0"?><testsuites><testsuite>${each.join('')}</testsuite></testsuites>`;
const good = '<testcase classname="test_entry" name="test_page"/>';

it("names pytest's first failing test with what it expected, in an annotation, the summary and the output", async () => {
  const list =
    '<testcase classname="test_customers" name="test_list"><failure message="AssertionError: expected 200, got 500: GET /api/v1/customers answered &#x27;x&#x27;">def test_list(user):&#10;E   AssertionError: expected 200, got 500</failure></testcase>';
  const { lines, summary, results } = await told(cases(good, list));
  const first =
    "test_customers › test_list – expected 200, got 500: GET /api/v1/customers answered 'x'";
  expect(lines).toEqual([
    `::error title=Integration tests::${first}`,
    'Integration tests: 1 of 2 failed',
  ]);
  expect(summary).toContain('test_customers › test_list – expected 200, got 500');
  expect(results).toEqual({ name: 'Integration tests', tests: 2, failed: 1, first });
});

it("adds what Playwright's assertion expected and received", async () => {
  const text = `sign-in.spec.ts:4:1 the page\n\n  Error: expect(locator).toHaveText(expected) failed\n\n  Expected: "Clients"\n  Received: "Erreur"\n`;
  const failure = `<testcase classname="sign-in.spec.ts" name="the page"><failure message="sign-in.spec.ts:4:1 the page" type="FAILURE"><![CDATA[${text}]]></failure></testcase>`;
  expect((await told(cases(failure))).results.first).toBe(
    'sign-in.spec.ts › the page – expect(locator).toHaveText(expected) failed; Expected: "Clients"; Received: "Erreur"',
  );
});

it('says how many have passed, and that nothing has run', async () => {
  expect(await told(cases(good, good))).toMatchObject({
    lines: ['Integration tests: 2 passed'],
    results: { tests: 2, failed: 0, first: '' },
  });
  expect(await told(undefined)).toMatchObject({
    lines: ['Integration tests: nothing was run: there is no report'],
    results: { tests: 0, failed: 0 },
  });
});

it('takes what an application printed for text, and tells of ten at most in annotations', async () => {
  const hostile =
    '<testcase classname="c" name="&lt;img src=x&gt;&#10;::set-output name=a::b"><error message="Error: 50%&#13;::stop-commands::x &lt;b&gt;"/></testcase>';
  const { lines, summary } = await told(cases(...Array.from({ length: 12 }, () => hostile)));
  expect(lines.filter((line) => line.startsWith('::'))).toHaveLength(10);
  expect(lines[0]).toMatch(/^::error title=Integration tests::c › <img src=x> ::set-output/);
  expect(lines[0]).toContain('50%25');
  expect(lines.filter((line) => /^::(?!error )/.test(line))).toEqual([]);
  expect(summary).not.toMatch(/<img|<b>/);
});

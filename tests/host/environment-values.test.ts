import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureEngine } from '../../scripts/local/machine/engine.ts';
import { environmentRules } from '../../src/environment/rules.ts';
import { environmentText } from '../../src/environment/text.ts';
import { type NamedVariable, variablesOf } from '../../src/environment/variable.ts';
import project from '../../workflows/settings.ts';
import { type ExecutorBase, startExecutorBase } from '../process/executor-functions.ts';

const file = project.environment ?? raise('the project says which variables it has');
const variables = variablesOf(file);

function raise(what: string): never {
  throw new Error(`It is needed that ${what}`);
}

/** Values that are right; what is nobody else's business has this in it. */
const hush = 'geheim';
const values: ReadonlyMap<string, string> = new Map([
  ['DATABASE_WAIT_SECONDS', '30'],
  ['POSTGRES_PASSWORD', `${hush}0123456789abcdef`],
  ['SECRET_KEY', `${hush}-a-0123456789abcdef0123456789abcdef`],
  ['BOOTSTRAP_SECRET', `${hush}-b-0123456789abcdef0123456789abcdef`],
  ['ENCRYPTION_KEY', `${hush}-c-0123456789abcdef0123456789abcdef`],
  ['TEST_TENANT_PASSWORD', `${hush}-tenant-1`],
  ['STRIPE_SECRET_KEY', `sk_test_${hush}0123456789`],
  ['GF_SECURITY_ADMIN_PASSWORD', `${hush}-grafana-1`],
]);
const right = environmentText(file, values);

let host: ExecutorBase;

beforeAll(async () => {
  host = await startExecutorBase();
  // Compose is the reader; no engine is asked.
  const { env } = await ensureEngine();
  const exports = Object.entries(env).map(([name, value]) => `export ${name}='${value}'`);
  await host.replace('docker', [...exports, 'exec docker "$@"'].join('\n'));
  await host.write({
    'releases/r/release.conf': `project=environment-values\napplication-services=api frontend\noptional-services=grafana\n`,
    'releases/r/environment-rules': `${environmentRules(file).join('\n')}\n`,
  });
});
afterAll(async () => await host[Symbol.asyncDispose]());

interface Told {
  /** What `doctor` finds, a line each. */
  readonly doctor: readonly string[];
  /** What ends `stage`, or is a warning of it. */
  readonly stage: string;
}

/** What is said of files, in the order given: one shell for all of them. */
async function toldOf(texts: readonly string[]): Promise<readonly Told[]> {
  await host.write(
    Object.fromEntries(texts.map((text, index) => [`cases/${index}`, text] as const)),
  );
  const { stdout, stderr } = await host.run(`
    for number in $(seq 0 ${texts.length - 1}); do
      cp "$base/cases/$number" "$base/shared/.env.staging"
      cp "$base/cases/$number" "$releases/r/.env.staging"
      chmod 600 "$base/shared/.env.staging"
      echo "case $number"
      shared_environment=$base/shared/.env.staging environment_file=$releases/r/.env.staging
      (environment_findings r)
      echo "stage $number"
      (check_environment r) 2>&1 || :
    done`);
  expect(stderr).toBe('');
  return stdout
    .split(/^case \d+$/m)
    .slice(1)
    .map((part) => {
      const [doctor = '', stage = ''] = part.split(/^stage \d+$/m);
      return { doctor: doctor.trim().split('\n').filter(Boolean), stage: stage.trim() };
    });
}

it('takes a file that is right, and says nothing', async () => {
  expect(await toldOf([right])).toEqual([{ doctor: [], stage: '' }]);
});

/** The text with the line of a variable replaced. */
const withLine = (name: string, line: string) =>
  right.replace(new RegExp(`^${name}=.*$`, 'm'), () => line);
const valueIn = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(right)?.[1] ?? '';

type Way = (name: string) => string;

/** What can be done wrong with any variable that is set. */
const anywhere: Readonly<Record<string, Way>> = {
  'a placeholder': (name) => withLine(name, `${name}=CHANGE_ME_${name.toLowerCase()}`),
  'a placeholder in small letters': (name) => withLine(name, `${name}=changeme`),
  'a placeholder in brackets': (name) => withLine(name, `${name}=<your-value>`),
  'a note instead of a value': (name) => withLine(name, `${name}=TODO`),
  'a value that is cut': (name) => withLine(name, `${name}=${valueIn(name)}...`),
  'a line of the same, twice': (name) =>
    withLine(name, `${name}=${valueIn(name)}\n${name}=${valueIn(name)}`),
  'another value before': (name) => `${name}=other\n${right}`,
  'another value at the end': (name) => `${right}export ${name}=other\n`,
  'a name with a letter too many': (name) => withLine(name, `${name}X=${valueIn(name)}`),
  'a name with a letter too few': (name) => withLine(name, `${name.slice(0, -1)}=${valueIn(name)}`),
  'a name in small letters': (name) => withLine(name, `${name.toLowerCase()}=${valueIn(name)}`),
  'a blank at its end': (name) => withLine(name, `${name}="${valueIn(name)} "`),
  'a blank at its beginning': (name) => withLine(name, `${name}=" ${valueIn(name)}"`),
  'quotes in quotes': (name) => withLine(name, `${name}='"${valueIn(name)}"'`),
  'a quote that is never closed': (name) => withLine(name, `${name}="${valueIn(name)}`),
  'a $ of the value': (name) => withLine(name, `${name}=${valueIn(name)}$${hush}`),
  'a ${ that is never closed': (name) => withLine(name, `${name}=${valueIn(name)}\${${hush}`),
  'the name alone': (name) => withLine(name, name),
  'a blank instead of =': (name) => withLine(name, `${name} ${valueIn(name)}`),
  'a value of two lines': (name) => withLine(name, `${name}="${valueIn(name)}\nmore"`),
  'a tab in it': (name) => withLine(name, `${name}="a\tb"`),
  'a live key of Stripe': (name) => withLine(name, `${name}=sk_live_${hush}0123456789`),
  'a restricted live key': (name) => withLine(name, `${name}=rk_live_${hush}0123456789`),
};

/** What can be done wrong with one that has to be set. */
const required: Readonly<Record<string, Way>> = {
  'no line': (name) => withLine(name, ''),
  'a line that is commented out': (name) => withLine(name, `#${name}=${valueIn(name)}`),
  'no value': (name) => withLine(name, `${name}=`),
  'an empty value': (name) => withLine(name, `${name}=""`),
  'only blanks': (name) => withLine(name, `${name}="   "`),
};

function waysOf(variable: NamedVariable): readonly (readonly [string, Way])[] {
  const ways = { ...anywhere, ...(variable.required !== false && required) };
  return Object.entries(ways);
}

/** All of them are a matter of minutes: `npm run test:faults`. */
const tested =
  process.env.FAULTS === 'all'
    ? variables
    : variables.filter(({ name }) => ['DATABASE_URL', 'SECRET_KEY'].includes(name));

describe.each(tested.map((each) => [each.name, each] as const))('%s', (name, variable) => {
  const ways = waysOf(variable);

  it(`is named in each of ${ways.length} ways to break it, with no part of a value`, async () => {
    const told = await toldOf(ways.map(([, way]) => way(name)));
    const unnamed = told.flatMap(({ doctor, stage }, index) => {
      const what = ways[index]?.[0];
      return [
        ...(doctor.some((line) => line.includes(name)) ? [] : [`doctor: ${what}: ${doctor}`]),
        ...(stage.includes(name) ? [] : [`stage: ${what}: ${stage}`]),
        ...([...doctor, stage].join('\n').includes(hush) ? [`a value is told: ${what}`] : []),
      ];
    });
    expect(unnamed).toEqual([]);
    expect(ways.length).toBeGreaterThanOrEqual(20);
  });
});

/** What is wrong with values of a kind, and a word of what is said. */
const wrong: readonly (readonly [string, string, string])[] = [
  ['ENVIRONMENT', 'production', 'staging'],
  ['ENVIRONMENT', 'Staging', 'staging'],
  ['DEBUG', 'yes', 'true, false'],
  ['LOG_LEVEL', 'debug', 'DEBUG, INFO'],
  ['DATABASE_WAIT_SECONDS', '-1', 'characters'],
  ['POSTGRES_DB', 'azals-staging', 'characters'],
  ['POSTGRES_USER', '1user', 'characters'],
  ['POSTGRES_PASSWORD', 'short-one-1', 'at least 16'],
  ['POSTGRES_PASSWORD', 'aaaaaaaaaaaaaaaaaaaaaaaa', 'not random'],
  ['DATABASE_URL', 'postgresql://a:b@postgres:5432/c', 'postgresql+psycopg://'],
  ['DATABASE_URL', 'postgresql+psycopg://postgres:5432/c', 'no user'],
  [
    'DATABASE_URL',
    'postgresql+psycopg://other:${POSTGRES_PASSWORD}@postgres:5432/${POSTGRES_DB}',
    'another user than POSTGRES_USER',
  ],
  [
    'DATABASE_URL',
    'postgresql+psycopg://${POSTGRES_USER}:other@postgres:5432/${POSTGRES_DB}',
    'another password than POSTGRES_PASSWORD',
  ],
  [
    'DATABASE_URL',
    'postgresql+psycopg://${POSTGRES_USER}:${POSTGRES_PASSWORD}@postgres:5432/other',
    'another database than POSTGRES_DB',
  ],
  [
    'DATABASE_URL',
    'postgresql+psycopg://${POSTGRES_USER}:${POSTGRES_PASSWORD}@localhost:5432/${POSTGRES_DB}',
    'another server than postgres',
  ],
  [
    'DATABASE_URL',
    'postgresql+psycopg://${POSTGRES_USER}:a/b@postgres:5432/${POSTGRES_DB}',
    'a character that a URL cannot hold',
  ],
  ['REDIS_URL', 'http://redis:6379', 'redis://'],
  ['REDIS_URL', 'redis://redis:99999/0', 'no port'],
  ['REDIS_URL', 'redis://', 'no URL'],
  ['SECRET_KEY', 'tooshort-1234', 'at least 32'],
  ['ENCRYPTION_KEY', '${SECRET_KEY}', 'has the value of SECRET_KEY'],
  ['BOOTSTRAP_SECRET', 'bootstrap-${SECRET_KEY}', 'is made from SECRET_KEY'],
  ['GF_SECURITY_ADMIN_PASSWORD', '${POSTGRES_PASSWORD}', 'has the value of POSTGRES_PASSWORD'],
  ['CORS_ORIGINS', 'http://localhost:8081/', 'behind the host'],
  ['CORS_ORIGINS', 'localhost:8081', 'begin with http'],
  ['CORS_ORIGINS', '*', 'lets everybody in'],
  ['CORS_ORIGINS', 'https://a.example, https://b.example', 'has a blank'],
  ['CORS_ORIGINS', 'https://a.example;https://b.example', 'entry|origin'],
  ['CORS_ORIGINS', 'https://a.example,', 'entry 2 is empty'],
  ['CORS_ORIGINS', 'https://a.example:443', 'leaves out'],
  ['CORS_ORIGINS', 'https://A.example', 'capitals'],
  ['CORS_ORIGINS', 'https://a.example:70000', 'no port'],
  ['CORS_ORIGINS', 'https://*.example', 'no host'],
  ['STRIPE_SECRET_KEY', 'pk_test_0123456789abc', 'does not begin with sk_test_'],
  ['STRIPE_SECRET_KEY', 'sk_test_1', 'too short'],
  ['STRIPE_SECRET_KEY', 'sk_test_0123456789?abc', 'copy it again'],
  ['TEST_TENANT_PASSWORD', 'short', 'characters'],
];

it('says of each kind of value what it has to be, with the line', async () => {
  const told = await toldOf(wrong.map(([name, value]) => withLine(name, `${name}=${value}`)));
  for (const [index, [name, value, word]] of wrong.entries()) {
    const line = right.slice(0, right.search(new RegExp(`^${name}=`, 'm'))).split('\n').length;
    const { doctor, stage } = told[index] ?? raise('every file is answered');
    const said = doctor.filter((each) => each.split(' ')[2] === name);
    expect(said, `${name}=${value}`).toEqual([
      expect.stringMatching(new RegExp(` ${line} .*(?:${word.replaceAll(/[+*]/g, '\\$&')})`)),
    ]);
    expect(stage, `${name}=${value}`).toContain(`line ${line}: ${name} `);
  }
});

it('tells a variable that nobody knows, and lets it be', async () => {
  const [told] = await toldOf([`${right}SOMETHING_ELSE=1\n`]);
  expect(told?.doctor).toEqual([
    expect.stringMatching(/^warning unknown SOMETHING_ELSE \d+ is known to nobody$/),
  ]);
  expect(told?.stage).toMatch(/^warning: \S+: line \d+: SOMETHING_ELSE is known to nobody$/);
});

it('tells no line within a value for a second one of a name', async () => {
  const [told] = await toldOf([`${right}NOTE='\nSECRET_KEY=not one\n'\n`]);
  expect(told?.doctor.filter((each) => each.includes('duplicate'))).toEqual([]);
});

import { expect, it } from 'vitest';
import { firstError } from '../src/first-error.ts';

const red = (text: string) => `\u001b[31m${text}\u001b[39m`;

const cases: ReadonlyArray<readonly [string, readonly string[], string | undefined]> = [
  [
    'a test of pytest with the two numbers it compared',
    [
      'tests/test_customers.py:12: AssertionError',
      '=========================== short test summary info ============================',
      'FAILED tests/test_customers.py::test_list - assert 500 == 200',
      ' +  where 500 = <Response [500 Internal Server Error]>.status_code',
      'FAILED tests/test_customers.py::test_other - RuntimeError: down',
      '2 failed in 0.66s',
      '##[error]Process completed with exit code 1.',
    ],
    'test_customers.py::test_list – expected 200, got 500',
  ],
  [
    'a test with parameters, in the words of its assertion',
    [
      "FAILED test_x.py::test_y[a b - c] - AssertionError: expected 200, got 500: GET /api/v1/customers answered 'x'",
    ],
    "test_x.py::test_y[a b - c] – expected 200, got 500: GET /api/v1/customers answered 'x'",
  ],
  [
    'a file of tests that cannot be imported',
    ['ERROR tests/test_x.py - ModuleNotFoundError: No module named httpx'],
    'test_x.py – ModuleNotFoundError: No module named httpx',
  ],
  [
    'a test of Vitest, whatever its colours',
    [
      ` ${red(' FAIL ').trim()}  tests/customers.test.tsx > the list > is sorted`,
      `${red('AssertionError')}: expected 500 to be 200 // Object.is equality`,
      'error: tests/customers.test.tsx > the list: AssertionError: …',
    ],
    'customers.test.tsx > the list > is sorted – expected 500 to be 200',
  ],
  [
    'a test of Playwright',
    [
      '  1) [desktop] › tests/staging/tenants.spec.ts:6:1 › two tenants side by side ──────────',
      '',
      '    Error: expect(locator).toBeVisible() failed',
      '  1 failed',
    ],
    'tenants.spec.ts:6 › two tenants side by side – expect(locator).toBeVisible() failed',
  ],
  [
    'what a browser should have shown, and did',
    [
      'Running 20 tests using 2 workers',
      '',
      '  1) [desktop] › tests/staging/sign-in.spec.ts:4:1 › the page says where one is ─────────',
      '',
      '    Error: expect(locator).toHaveText(expected) failed',
      '',
      "    Locator: getByRole('heading')",
      '    Expected: "Clients"',
      '    Received: "Erreur"',
      '    Timeout:  15000ms',
      '',
      '  1 failed',
    ],
    'sign-in.spec.ts:4 › the page says where one is – expect(locator).toHaveText(expected) failed, Expected: "Clients", Received: "Erreur"',
  ],
  [
    'a threshold of k6',
    [
      '  ✓ checks rate>0.99  (100.00 %)',
      '  ✗ http_req_duration p(95)<500  (812)',
      'time="2026-01-31T12:00:00Z" level=error msg="thresholds on metrics \'http_req_duration\' have been crossed"',
    ],
    'http_req_duration p(95)<500  (812)',
  ],
  [
    'why k6 gave up',
    ['time="2026-01-31T12:00:00Z" level=error msg="test aborted: staging cannot be reached"'],
    'staging cannot be reached',
  ],
  [
    'what the compiler of TypeScript does not accept',
    ["src/app.tsx(1,7): error TS2322: Type 'string' is not assignable to type 'number'."],
    "src/app.tsx:1 – TS2322: Type 'string' is not assignable to type 'number'.",
  ],
  [
    'what ruff does not accept',
    [
      'F401 [*] `os` imported but unused',
      ' --> app/main.py:3:8',
      '  |',
      'Found 1 error.',
      "exitcode '1': failure",
    ],
    'app/main.py:3 – F401 `os` imported but unused',
  ],
  [
    'the error of an action rather than what it printed before',
    [
      'error: cannot find the blob, trying again',
      '##[error]Migrate: nothing was changed: the database is at 0005',
    ].reverse(),
    'Migrate: nothing was changed: the database is at 0005',
  ],
  [
    'the end of a traceback rather than its beginning',
    [
      'Traceback (most recent call last):',
      '  File "/app/alembic/env.py", line 3, in <module>',
      '    connect()',
      'sqlalchemy.exc.OperationalError: connection refused',
      'The process ended.',
    ],
    'sqlalchemy.exc.OperationalError: connection refused',
  ],
  [
    'a line that calls itself an error',
    ['#12 4.5 downloading', 'ERROR: failed to solve: process "/bin/sh -c npm ci" did not complete'],
    'ERROR: failed to solve: process "/bin/sh -c npm ci" did not complete',
  ],
  [
    'the last line where nothing else is told',
    ['Issue found', '##[error]Process completed with exit code 1.'],
    'Issue found',
  ],
  [
    'nothing of a step that printed nothing',
    ['', '##[error]Process completed with exit code 2.'],
    undefined,
  ],
];

it.each(cases)('tells %s', (_, lines, told) => {
  expect(firstError(lines.join('\n'))).toBe(told);
});

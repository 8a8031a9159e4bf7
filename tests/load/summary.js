/** How many of the answers may be wrong; the thresholds of the test say the same. */
export const toleratedShare = 0.01;

/** The thresholds and checks of a run, each with what it was and whether it held. */
function results({ metrics, root_group: root }) {
  // Thresholds on nothing hold.
  if (!metrics.iterations) {
    const nothing = {
      name: 'somebody worked with staging',
      ok: false,
      seen: 'nobody, see the error',
    };
    return { thresholds: [nothing], checks: [] };
  }
  const thresholds = Object.entries(metrics).flatMap(([name, { thresholds = {}, values }]) =>
    Object.entries(thresholds).map(([rule, { ok }]) => ({
      name: `${name} ${rule}`,
      ok,
      seen: measured(rule, values),
    })),
  );
  const checks = checksOf(root).map(({ name, passes, fails }) => ({
    name,
    ok: fails <= toleratedShare * (passes + fails),
    seen: `${passes} of ${passes + fails}`,
  }));
  return { thresholds, checks };
}

function checksOf({ checks, groups }) {
  return [...checks, ...groups.flatMap(checksOf)];
}

function measured(rule, values) {
  const [measure = ''] = /^[\w().]+/.exec(rule) || [];
  const value = values[measure];
  if (value === undefined) return 'nothing';
  return measure === 'rate' ? `${(value * 100).toFixed(2)} %` : `${Math.round(value * 10) / 10}`;
}

/** The result of a run for people. */
export function table(data, kind) {
  const { thresholds, checks } = results(data);
  const { http_reqs: requests, http_req_duration: duration } = data.metrics;
  const lines = [
    `Load test, ${kind}: ${requests?.values.count ?? 0} requests, ${requests?.values.rate.toFixed(1) ?? 0} a second`,
    ...(duration
      ? [
          `Answers took ${Math.round(duration.values.med)} ms in the middle, ${Math.round(duration.values['p(95)'])} ms at p95`,
        ]
      : []),
    '',
    ...[...thresholds, ...checks].map(
      ({ ok, name, seen }) => `  ${ok ? '✓' : '✗'} ${name}  (${seen})`,
    ),
    '',
  ];
  return `\n${lines.join('\n')}\n`;
}

/** The result of a run as JUnit XML. */
export function junit(data) {
  const { thresholds, checks } = results(data);
  const suite = (name, cases) => {
    const failures = cases.filter(({ ok }) => !ok).length;
    const lines = cases.map(({ name: each, ok, seen }) =>
      ok
        ? `    <testcase classname="${name}" name="${xml(each)}"/>`
        : `    <testcase classname="${name}" name="${xml(each)}"><failure message="${xml(`expected ${each}, got ${seen}`)}"/></testcase>`,
    );
    return `  <testsuite name="${name}" tests="${cases.length}" failures="${failures}">\n${lines.join('\n')}\n  </testsuite>`;
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suite('thresholds', thresholds)}\n${suite('checks', checks)}\n</testsuites>\n`;
}

function xml(text) {
  const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return String(text).replace(/[&<>"]/g, (character) => entities[character]);
}

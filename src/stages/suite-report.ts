import { always } from '../typed/expression.ts';
import { step } from '../typed/step.ts';

/** Of what a suite found, for people and for the jobs after it. */
export interface SuiteToReport {
  readonly name: string;
  /** JUnit XML, relative to the repository's top. */
  readonly report: string;
  /** How its failures are told. */
  readonly level: 'error' | 'warning';
}

/**
 * The step that tells what a suite found: failures as annotations and in the job summary. Its output `results` is JSON:
 * name, number of tests, number of failures, and the first of them.
 */
export function reportSuite({ name, report, level }: SuiteToReport) {
  return step({
    id: 'report',
    name: 'Tell what failed',
    if: always(),
    env: { SUITE: name, REPORT: report, LEVEL: level },
    shell: 'python',
    writes: ['results'],
    // A message is what an application printed: one line, no command of the runner, no markup.
    run: `
      import html, json, os, re
      import xml.etree.ElementTree as xml

      suite, report, level = (os.environ[name] for name in ("SUITE", "REPORT", "LEVEL"))


      def line(text, limit=300):
          return re.sub(r"[\\s\\x00-\\x1f\\x7f-\\x9f]+", " ", text).strip()[:limit]


      def reason(fault):
          text = re.sub(r"\\x1b\\[[\\d;]*m", "", "\\n".join((fault.get("message") or "", fault.text or "")))
          told = re.search(r"^(?:E +)?\\s*(?:\\w*Error: )?(expected .+)$|^(?:E +)?\\s*\\w*Error: (.+)$", text, re.M)
          compared = re.findall(r"^\\s*(Expected[^:\\n]*: .+|Received[^:\\n]*: .+)$", text, re.M)[:2]
          return line("; ".join([told and (told[1] or told[2]) or text.strip().split("\\n")[0], *compared]))


      def escaped(text):
          return text.replace("%", "%25").replace("\\r", "%0D").replace("\\n", "%0A")


      cases = list(xml.parse(report).iter("testcase")) if os.path.exists(report) else []
      failed = []
      for case in cases:
          fault = next((each for each in case if each.tag in ("failure", "error")), None)
          if fault is not None:
              name = case.get("classname", "").rsplit(".py", 1)[0].rsplit("/", 1)[-1]
              failed.append(f"{line(name)} › {line(case.get('name', ''))} – {reason(fault)}")
      for text in failed[:10]:
          print(f"::{level} title={escaped(suite)}::{escaped(text)}")
      told = f"{len(failed)} of {len(cases)} failed" if failed else f"{len(cases)} passed"
      if not cases:
          told = "nothing was run: there is no report"
      print(f"{suite}: {told}")
      with open(os.environ["GITHUB_STEP_SUMMARY"], "a") as summary:
          listed = "".join(f"<li>{html.escape(text)}</li>" for text in failed[:50])
          mark = "❌" if failed or not cases else "✅"
          summary.write(f"\\n### {mark} {html.escape(suite)}: {told}\\n\\n<ul>{listed}</ul>\\n")
      results = {"name": suite, "tests": len(cases), "failed": len(failed), "first": (failed or [""])[0]}
      with open(os.environ["GITHUB_OUTPUT"], "a") as outputs:
          outputs.write(f"results={json.dumps(results)}\\n")
    `,
  });
}

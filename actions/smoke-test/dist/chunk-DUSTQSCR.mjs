import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

// actions/smoke-test/src/browser/steps.ts
function stepInWords(step) {
  if ("open" in step) return `open ${step.open}`;
  if ("fill" in step) return `fill in ${targetInWords(step.fill)}`;
  if ("click" in step) return `click ${targetInWords(step.click)}`;
  if ("press" in step) return `press ${step.press}`;
  if ("see" in step) {
    const least = step["at-least"] === void 0 ? "" : `at least ${step["at-least"]} `;
    return `see ${least}${targetInWords(step.see)}`;
  }
  if ("see-not" in step) return `see no ${targetInWords(step["see-not"])}`;
  if ("at" in step) return `be at ${step.at}`;
  return "reload";
}
function selectorOf(target) {
  if ("css" in target) return target.css;
  if ("text" in target) return `::-p-text(${quoted(target.text)})`;
  if ("label" in target) return `::-p-aria([name=${quoted(target.label)}])`;
  const name = target.name === void 0 ? "" : `[name=${quoted(target.name)}]`;
  return `::-p-aria(${name}[role="${target.role}"])`;
}
function targetInWords(target) {
  if ("css" in target) return target.css;
  if ("text" in target) return `\u201C${target.text}\u201D`;
  if ("label" in target) return `the field \u201C${target.label}\u201D`;
  return target.name === void 0 ? `a ${target.role}` : `the ${target.role} \u201C${target.name}\u201D`;
}
function quoted(text) {
  return JSON.stringify(text);
}

// actions/smoke-test/src/judge/deviation.ts
function differences(deviations) {
  return deviations.map(({ what, expected, actual }) => `${what}: expected ${expected}, got ${actual}`).join("\n");
}
function excerpt(text) {
  const line = text.replaceAll(/\s+/g, " ").trim();
  if (line === "") return "empty";
  return line.length > 300 ? `${line.slice(0, 300)}\u2026` : line;
}

export {
  stepInWords,
  selectorOf,
  differences,
  excerpt
};

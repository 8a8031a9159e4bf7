import type { BrowserStep, Target } from '../checks/types.ts';

/** A step as people say it. */
export function stepInWords(step: BrowserStep): string {
  if ('open' in step) return `open ${step.open}`;
  if ('fill' in step) return `fill in ${targetInWords(step.fill)}`;
  if ('click' in step) return `click ${targetInWords(step.click)}`;
  if ('press' in step) return `press ${step.press}`;
  if ('see' in step) {
    const least = step['at-least'] === undefined ? '' : `at least ${step['at-least']} `;
    return `see ${least}${targetInWords(step.see)}`;
  }
  if ('see-not' in step) return `see no ${targetInWords(step['see-not'])}`;
  if ('at' in step) return `be at ${step.at}`;
  return 'reload';
}

/** The selector by which puppeteer finds an element. */
export function selectorOf(target: Target): string {
  if ('css' in target) return target.css;
  if ('text' in target) return `::-p-text(${quoted(target.text)})`;
  if ('label' in target) return `::-p-aria([name=${quoted(target.label)}])`;
  const name = target.name === undefined ? '' : `[name=${quoted(target.name)}]`;
  return `::-p-aria(${name}[role="${target.role}"])`;
}

function targetInWords(target: Target): string {
  if ('css' in target) return target.css;
  if ('text' in target) return `“${target.text}”`;
  if ('label' in target) return `the field “${target.label}”`;
  return target.name === undefined ? `a ${target.role}` : `the ${target.role} “${target.name}”`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

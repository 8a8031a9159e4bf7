import { parseImage } from './image-reference.ts';

/** A Debian release that stand-ins are made of. */
export type Suite = 'bookworm' | 'trixie';

/** How an image is built that no registry gives. */
export interface Recipe {
  /** The stage of images/Dockerfile. */
  readonly target: string;
  readonly suite: Suite;
  readonly args: Readonly<Record<string, string>>;
  /** The version of Node.js to take from npm, for the target `node`. */
  readonly node?: string;
  /** What it will really hold: `Debian's PostgreSQL 15`. */
  readonly holds: string;
  /** What somebody who wanted the public image has to know; undefined where nothing differs. */
  readonly remark?: string;
}

/** A recipe, or why there is none. */
export type Choice = Recipe | { readonly why: string };

interface Software {
  readonly target: string;
  readonly name: string;
  /** How many parts of a version have to agree for two to be the same software: 2 for Python. */
  readonly agree: number;
  readonly versions: Readonly<Record<Suite, string>>;
  readonly argument?: string;
  /** What the image has more where its tag says neither slim nor alpine. */
  readonly toolchain?: true;
}

const software: Readonly<Record<string, Software>> = {
  'library/python': {
    target: 'python',
    name: 'Python',
    agree: 2,
    versions: { bookworm: '3.11', trixie: '3.13' },
    toolchain: true,
  },
  'library/postgres': {
    target: 'postgres',
    name: 'PostgreSQL',
    agree: 1,
    versions: { bookworm: '15', trixie: '17' },
    argument: 'POSTGRES_VERSION',
  },
  'library/redis': {
    target: 'redis',
    name: 'Redis',
    agree: 1,
    versions: { bookworm: '7.0', trixie: '8.0' },
  },
  'library/nginx': {
    target: 'nginx',
    name: 'nginx',
    agree: 1,
    versions: { bookworm: '1.22', trixie: '1.26' },
  },
  'prom/prometheus': {
    target: 'prometheus',
    name: 'Prometheus',
    agree: 1,
    versions: { bookworm: '2.42', trixie: '2.53' },
  },
  'library/debian': {
    target: 'plain',
    name: 'Debian',
    agree: 1,
    versions: { bookworm: '12', trixie: '13' },
  },
};

const suites: readonly Suite[] = ['bookworm', 'trixie'];
const compilers = 'build-essential curl git libffi-dev libpq-dev libssl-dev pkg-config';
/** The long-term releases by their names, which tags of the image may carry. */
const longTerm: Readonly<Record<string, number>> = {
  gallium: 16,
  hydrogen: 18,
  iron: 20,
  jod: 22,
  krypton: 24,
};

/** How an image can be built from packages, its version kept; or why it cannot. */
export function chooseRecipe(image: string): Choice {
  const reference = parseImage(image);
  if (reference === undefined) return { why: 'this is not the name of an image' };
  const { registry, repository, digest } = reference;
  if (digest !== undefined && reference.tag === undefined)
    return { why: 'a digest alone does not say which version it is' };
  const tag = reference.tag ?? 'latest';
  if (registry !== 'docker.io') return { why: `only ${registry} has it` };
  if (repository === 'library/node') return nodeRecipe(image, tag);
  const known = software[repository];
  if (known === undefined) return { why: 'no Debian package stands for it' };
  return debianRecipe(image, tag, known);
}

function debianRecipe(image: string, tag: string, known: Software): Choice {
  const { target, name, agree, versions, argument } = known;
  const named = suites.find((suite) => tag.includes(suite));
  const asked = askedVersion(target === 'plain' && named ? versions[named] : tag);
  if (target === 'plain' && asked.length === 0 && !/^(?:latest|stable)/.test(tag))
    return { why: `of Debian, ${either(suites)} can be made here` };
  const agreeing = (suite: Suite) => commonParts(asked, askedVersion(versions[suite]));
  const fitting = suites.filter((suite) => agreeing(suite) >= Math.min(agree, asked.length));
  const [suite] = fitting.toSorted(
    (one, other) =>
      agreeing(other) - agreeing(one) || Number(other === named) - Number(one === named),
  );
  if (suite === undefined)
    return { why: `Debian has ${name} ${either(suites.map((each) => versions[each]))}` };
  const version = versions[suite];
  const holds = target === 'plain' ? `Debian ${suite}` : `Debian's ${name} ${version}`;
  return {
    target,
    suite,
    args: {
      ...(argument === undefined ? {} : { [argument]: version }),
      ...(known.toolchain && !/slim|alpine/.test(tag) ? { TOOLCHAIN: compilers } : {}),
    },
    holds,
    ...remarkOn(image, holds, asked.length <= agreeing(suite)),
  };
}

/** The npm package `node` has every version. */
function nodeRecipe(image: string, tag: string): Choice {
  const [word = ''] = tag.split('-');
  const codename = Object.entries(longTerm).find(([name]) => tag.includes(name))?.[1];
  const newestLongTerm = Math.max(...Object.values(longTerm));
  const version =
    askedVersion(tag).join('.') ||
    String(codename ?? (word === 'lts' ? newestLongTerm : '')) ||
    'latest';
  const holds = `Node.js ${version} from npm`;
  return {
    target: 'node',
    suite: 'bookworm',
    args: /slim|alpine/.test(tag) ? {} : { TOOLCHAIN: compilers },
    node: version,
    holds,
    ...remarkOn(image, holds, true),
  };
}

/** The parts of the version that a tag begins with: `3.11-slim` has 3 and 11. */
function askedVersion(tag: string): number[] {
  const [, version] = /^v?(\d+(?:\.\d+)*)(?![\w.])/.exec(tag) ?? [];
  return version?.split('.').map(Number) ?? [];
}

function commonParts(one: readonly number[], other: readonly number[]): number {
  const differs = one.findIndex((part, index) => part !== other[index]);
  return differs < 0 ? one.length : differs;
}

function remarkOn(image: string, holds: string, exact: boolean): { remark?: string } {
  const remarks = [
    exact ? '' : `it has ${holds}`,
    image.includes('@') ? 'its digest is not that one' : '',
  ].filter(Boolean);
  return remarks.length > 0 ? { remark: remarks.join(', ') } : {};
}

function either(words: readonly string[]): string {
  return words.join(' and ');
}

import { type Copy, DockerfileParser, type From, type Instruction, type Run } from 'dockerfile-ast';
import { expand } from './expand.ts';

/** What a Dockerfile is built with, as far as it decides which images it takes. */
export interface DockerfileBuild {
  /** Build arguments: they replace the defaults of the ARGs before the first FROM. */
  readonly args?: Readonly<Record<string, string>>;
  /** The stage to build; the last one where it is not given. */
  readonly target?: string;
  /** Names that the build is given contexts for: they are no images. */
  readonly contexts?: readonly string[];
}

/** An image that a text names, and the line, from 1. */
export interface NamedImage {
  readonly image: string;
  readonly line: number;
}

interface Stage {
  readonly name: string | undefined;
  readonly base: NamedImage;
  readonly sources: NamedImage[];
}

/**
 * The images that a build of a Dockerfile takes: what its stages are from, and what COPY --from and RUN --mount=from
 * copy of. Stages that the target does not need are left out, as BuildKit does.
 */
export function imagesOfDockerfile(text: string, build: DockerfileBuild = {}): NamedImage[] {
  const stages = stagesOf(text, build.args ?? {});
  const needed: Stage[] = [];
  const images: NamedImage[] = [];
  const take = (source: NamedImage, before: number) => {
    const stage = stageNamed(source.image, stages.slice(0, before));
    if (stage !== undefined) visit(stage);
    else if (isImage(source.image, build.contexts ?? [])) images.push(source);
  };
  const visit = (stage: Stage) => {
    if (needed.includes(stage)) return;
    needed.push(stage);
    const index = stages.indexOf(stage);
    for (const source of [stage.base, ...stage.sources]) take(source, index);
  };
  const last = build.target === undefined ? stages.at(-1) : stageNamed(build.target, stages);
  if (last !== undefined) visit(last);
  return images.sort((one, other) => one.line - other.line);
}

/** The lines, from 1, whose commands call a program by name. */
export function linesThatCall(text: string, program: string): number[] {
  const word = new RegExp(`(?:^|[\\s;&|(])${program}\\s`);
  return DockerfileParser.parse(text)
    .getInstructions()
    .filter((each) => each.getKeyword() === 'RUN' && word.test(each.getArgumentsContent() ?? ''))
    .map(lineOf);
}

function stagesOf(text: string, args: Readonly<Record<string, string>>): Stage[] {
  const dockerfile = DockerfileParser.parse(text);
  const variables = { ...platform(), ...initialArguments(dockerfile, args) };
  const stages: Stage[] = [];
  for (const instruction of dockerfile.getInstructions()) {
    const line = lineOf(instruction);
    if (instruction.getKeyword() === 'FROM') {
      const from = instruction as From;
      const image = expand(unquoted(from.getImage() ?? ''), variables);
      stages.push({ name: from.getBuildStage() ?? undefined, base: { image, line }, sources: [] });
    } else for (const image of sourcesOf(instruction)) stages.at(-1)?.sources.push({ image, line });
  }
  return stages;
}

function initialArguments(
  dockerfile: ReturnType<typeof DockerfileParser.parse>,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const declared of dockerfile.getInitialARGs().flatMap((arg) => arg.getProperties())) {
    const name = declared.getName();
    const value = given[name] ?? declared.getValue();
    if (value !== null) variables[name] = expand(value, { ...platform(), ...variables });
  }
  return variables;
}

/** The arguments that BuildKit sets by itself. */
function platform(): Record<string, string> {
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  return Object.fromEntries(
    ['TARGET', 'BUILD'].flatMap((of) => [
      [`${of}OS`, 'linux'],
      [`${of}ARCH`, architecture],
      [`${of}PLATFORM`, `linux/${architecture}`],
    ]),
  );
}

function sourcesOf(instruction: Instruction): string[] {
  const keyword = instruction.getKeyword();
  if (keyword !== 'COPY' && keyword !== 'RUN') return [];
  const flags = (instruction as Copy | Run).getFlags();
  return flags.flatMap((flag) => {
    const value = flag.getValue() ?? '';
    if (flag.getName() === 'from') return [unquoted(value)];
    const from = value.split(',').find((part) => part.startsWith('from='));
    return flag.getName() === 'mount' && from !== undefined ? [unquoted(from.slice(5))] : [];
  });
}

/** A stage by its name, in any case, or by its number. */
function stageNamed(name: string, stages: readonly Stage[]): Stage | undefined {
  const named = stages.findLast((stage) => stage.name?.toLowerCase() === name.toLowerCase());
  return named ?? (/^\d+$/.test(name) ? stages[Number(name)] : undefined);
}

function isImage(name: string, contexts: readonly string[]): boolean {
  return name !== '' && name !== 'scratch' && !contexts.includes(name);
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, '$2');
}

function lineOf(instruction: Instruction): number {
  return instruction.getRange().start.line + 1;
}

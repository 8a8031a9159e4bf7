import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environmentFaults } from '../environment/faults.ts';
import { withPublishedPort } from '../environment/published-port.ts';
import type { EnvironmentFile } from '../environment/variable.ts';
import type { ActionsPlace } from '../typed/catalog.ts';
import { DefinitionError } from '../typed/definition-error.ts';
import { callerPosition } from '../typed/position.ts';
import { type ComposeServices, readComposeServices } from './compose-services.ts';
import { type Dependabot, dependabotFaults } from './dependabot.ts';
import type { LocalRun } from './local-run.ts';
import { localRunFaults } from './local-run-faults.ts';
import { publishedPorts } from './published-ports.ts';
import { demandTwoContainers } from './released-services.ts';
import { repositoryOf } from './repository-folder.ts';
import { type Suite, suiteFaults } from './suites.ts';

/** An image that the pipeline builds. Paths are relative to the repository's top. */
export interface ImageDefinition {
  readonly context: string;
  readonly dockerfile: string;
}

/** The images that the pipeline builds, by the Compose service that runs them. */
export type Images = Readonly<Record<string, ImageDefinition>>;

/** How the database is migrated. */
export interface Migrations {
  /** The service whose image holds Alembic and the migrations. */
  readonly service: string;
  /** The service that is PostgreSQL. */
  readonly database: string;
  /** `head`, `heads` (every branch) or a revision. */
  readonly target: 'head' | 'heads' | (string & {});
}

/** What differs between projects. Paths are relative to the repository's top. */
export interface ProjectDefinition<Of extends Images = Images> {
  /** A push to this branch deploys. */
  readonly branch: string;
  /** The stack that is deployed. */
  readonly composeFile: string;
  /** What the server's environment file is made from; the Compose file names that one. */
  readonly environmentExample: string;
  /**
   * The variables of that file: `build` writes the example and the table in the documentation from them, `init` the file
   * itself, `doctor` and `stage` check it. Where they are not given the example is written by hand, and what it gives a
   * value has to be set.
   */
  readonly environment?: EnvironmentFile;
  /** The files and folders that the Compose file mounts. */
  readonly files: readonly string[];
  readonly images: Of;
  /**
   * What services may do to the server besides running on it, as `service=what`, such as `exporter=/proc`; nothing where it
   * is not given. Who may push to the branch can use it.
   */
  readonly hostAccess?: readonly string[];
  /**
   * Who has to agree to what reaches the server, as `@user`, `@organisation/team` or an address: `build` writes them into
   * CODEOWNERS, and a rule of the branch asks them. Nobody where it is not given.
   */
  readonly codeOwners?: readonly string[];
  /** What keeps packages, images and actions up to date: `build` writes `.github/dependabot.yml`. Nothing where not given. */
  readonly dependabot?: Dependabot;
  /** The service that requests go through; `nginx` where it is not given. */
  readonly proxy?: string;
  /** How the database is migrated; not at all where it is not given. */
  readonly migrations?: Migrations;
  /** The folder of the server that holds releases, `/srv/staging` where it is not given. */
  readonly baseDirectory?: string;
  /**
   * Where the workflows find the package's actions: in a folder of the repository, to which `build` copies them
   * (`actions` beside the settings where it is not given), or in another repository at a commit.
   */
  readonly actions?: ActionsPlace;
  /** The workflow that the local run runs, `staging` where it is not given. */
  readonly workflow?: string;
  /** A Markdown file with markers that `build` fills with the pipeline's picture and its tables. */
  readonly documentation?: string;
  /** Findings of the linters that stay as they are, each with its reason: a YAML file. */
  readonly waivers?: string;
  /**
   * Suites of tests against a staging that is up, by id: `testStaging` makes jobs of them, and `start --suite ID` runs one
   * against the local staging, where it gets the passwords of the local run by their names.
   */
  readonly suites?: Readonly<Record<string, Suite>>;
  /** What the run on one machine needs to know beyond the rest. */
  readonly local?: LocalRun;
}

/** A project whose settings hold: what is left out has its default. */
export interface Project<Of extends Images = Images>
  extends Required<
    Omit<
      ProjectDefinition<Of>,
      'dependabot' | 'documentation' | 'environment' | 'migrations' | 'waivers'
    >
  > {
  readonly dependabot: Dependabot | undefined;
  readonly migrations: Migrations | undefined;
  readonly documentation: string | undefined;
  readonly environment: EnvironmentFile | undefined;
  readonly waivers: string | undefined;
  /** The repository's top folder on this machine. */
  readonly root: string;
  /** The services of the Compose file. */
  readonly services: ComposeServices;
  /** The image of a service. Throws `DefinitionError` for a service that there is not. */
  serviceImage(service: string): string;
}

const made = new WeakSet<object>();

/** Whether a value was made by `defineProject` of this copy of the package. */
export function isProject(value: unknown): value is Project {
  return typeof value === 'object' && value !== null && made.has(value);
}

/** Says what differs in a project. Throws `DefinitionError`, with the line, for what the repository does not have. */
export function defineProject<const Of extends Images>(
  definition: ProjectDefinition<Of>,
): Project<Of> {
  const file = callerPosition()?.file;
  if (file === undefined) throw new TypeError('defineProject was called from no file');
  const root = repositoryOf(dirname(file));
  const services = readComposeServices(root, definition.composeFile);
  const project: Project<Of> = {
    ...definition,
    hostAccess: definition.hostAccess ?? [],
    codeOwners: definition.codeOwners ?? [],
    dependabot: definition.dependabot,
    proxy: definition.proxy ?? 'nginx',
    baseDirectory: definition.baseDirectory ?? '/srv/staging',
    actions: definition.actions ?? {
      folder: join(dirname(file), 'actions').slice(root.length + 1),
    },
    workflow: definition.workflow ?? 'staging',
    migrations: definition.migrations,
    documentation: definition.documentation,
    environment: environmentOf(definition, services),
    waivers: definition.waivers,
    suites: definition.suites ?? {},
    local: definition.local ?? {},
    root,
    services,
    serviceImage: (name) => imageOf(services, name, definition.composeFile),
  };
  demand(project);
  made.add(project);
  return project;
}

function environmentOf(
  { environment, proxy = 'nginx' }: Pick<ProjectDefinition, 'environment' | 'proxy'>,
  services: ComposeServices,
): EnvironmentFile | undefined {
  const port = publishedPorts(services).find(({ service }) => service === proxy)?.port;
  return environment && withPublishedPort(environment, port ?? 80);
}

function imageOf(services: ComposeServices, name: string, file: string): string {
  const image = services[name]?.image;
  if (image !== undefined) return image;
  if (name in services) throw new DefinitionError(`the service ${name} of ${file} names no image`);
  throw new DefinitionError(
    `${file} has no service ${name}; it has: ${Object.keys(services).join(', ')}`,
  );
}

function demand({ root, services, images, ...project }: Project): void {
  const { documentation, waivers } = project;
  const paths = {
    // One that is generated is there after the first build.
    ...(project.environment === undefined && { environmentExample: project.environmentExample }),
    ...(documentation !== undefined && { documentation }),
    ...(waivers !== undefined && { waivers }),
    ...Object.fromEntries(
      Object.entries(project.suites).flatMap(
        ([
          name,
          {
            folder,
            needs: { python },
          },
        ]) => [
          [`suites.${name}.folder`, folder],
          ...(python ? [[`suites.${name}.needs.python.requirements`, python.requirements]] : []),
        ],
      ) as (readonly [string, string])[],
    ),
    ...Object.fromEntries(project.files.map((path, index) => [`files[${index}]`, path])),
    ...Object.fromEntries(
      Object.entries(images).flatMap(([name, { context, dockerfile }]) => [
        [`images.${name}.context`, context],
        [`images.${name}.dockerfile`, dockerfile],
      ]),
    ),
  };
  for (const [setting, path] of Object.entries(paths)) {
    if (path.startsWith('/') || path.split('/').includes('..'))
      throw new DefinitionError(`${setting}: ${path} is not relative to the repository's top`);
    if (!existsSync(join(root, path)))
      throw new DefinitionError(`${setting}: the repository has no ${path}`);
  }
  const afterDeploy = project.local.afterDeploy;
  const named = {
    proxy: project.proxy,
    ...Object.fromEntries(Object.keys(images).map((name) => [`images.${name}`, name])),
    ...(project.migrations && {
      'migrations.service': project.migrations.service,
      'migrations.database': project.migrations.database,
    }),
    ...(afterDeploy && { 'local.afterDeploy.service': afterDeploy.service }),
  };
  for (const [setting, name] of Object.entries(named))
    if (!(name in services))
      throw new DefinitionError(
        `${setting}: ${project.composeFile} has no service ${name}; it has: ${Object.keys(services).join(', ')}`,
      );
  const [fault] = [
    ...localRunFaults(project.local),
    ...suiteFaults(project.suites),
    ...dependabotFaults(root, project.dependabot),
    ...(project.environment ? environmentFaults(project.environment, services) : []),
  ];
  if (fault !== undefined) throw new DefinitionError(fault);
  if (!/^\/[\w./-]+$/.test(project.baseDirectory))
    throw new DefinitionError(
      `baseDirectory: ${JSON.stringify(project.baseDirectory)} must be an absolute path of letters, digits and . _ -`,
    );
  const nobody = project.codeOwners.find((each) => !isOwner(each));
  if (nobody !== undefined)
    throw new DefinitionError(
      `codeOwners: ${JSON.stringify(nobody)} is neither @user, @organisation/team nor an address`,
    );
  demandTwoContainers(services, Object.keys(images), project.composeFile);
}

function isOwner(text: string): boolean {
  return /^@[A-Za-z0-9-]+(?:\/[\w.-]+)?$|^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}

import type { ComposeServices } from '../../src/project/compose-services.ts';
import type { Project } from '../../src/project/project.ts';

/** A project as its settings make one: a proxy that everybody reaches, and a database that only the server does. */
export function smallProject(changes: Partial<Project> = {}): Project {
  const services: ComposeServices = {
    proxy: { image: 'nginx:1', ports: ['8081:80'], profiles: [] },
    database: { image: 'postgres:15', ports: ['127.0.0.1:5433:5432'], profiles: [] },
    graphs: { image: 'graphs:1', ports: ['127.0.0.1:3001:3000'], profiles: ['monitoring'] },
  };
  return {
    root: '/nowhere/shop',
    branch: 'develop',
    composeFile: 'compose.yml',
    environmentExample: '.env.example',
    hostAccess: [],
    codeOwners: [],
    dependabot: undefined,
    files: [],
    images: {},
    proxy: 'proxy',
    migrations: undefined,
    baseDirectory: '/srv/shop',
    actions: { folder: 'actions' },
    workflow: 'staging',
    documentation: undefined,
    environment: undefined,
    waivers: undefined,
    suites: {},
    local: {},
    services,
    serviceImage: (name) => services[name]?.image ?? '',
    ...changes,
  };
}

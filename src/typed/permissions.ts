/** The scopes of a job's token: https://docs.github.com/actions/reference/workflow-syntax#permissions */
interface Scopes {
  readonly actions: Access;
  readonly 'artifact-metadata': Access;
  readonly attestations: Access;
  readonly checks: Access;
  readonly 'code-quality': Access;
  readonly contents: Access;
  readonly 'copilot-requests': 'write' | 'none';
  readonly deployments: Access;
  readonly discussions: Access;
  readonly drives: Access;
  readonly 'id-token': 'write' | 'none';
  readonly issues: Access;
  readonly models: 'read' | 'none';
  readonly packages: Access;
  readonly pages: Access;
  readonly 'pull-requests': Access;
  readonly 'repository-projects': Access;
  readonly 'security-events': Access;
  readonly statuses: Access;
  readonly 'vulnerability-alerts': 'read' | 'none';
}

type Access = 'read' | 'write' | 'none';

/** What a job's token may do; what is not named is none. */
export type Permissions = Partial<Scopes>;

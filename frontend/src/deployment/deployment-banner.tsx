import type { Health } from '../api/deployment.ts';
import type { Build } from '../build-info.ts';
import { useDeployment } from './use-deployment.ts';
import type { ApiState, Verdict } from './verdict.ts';

const healthLabels: Record<Health['status'], string> = {
  healthy: 'opérationnelle',
  degraded: 'dégradée',
  unhealthy: 'hors service',
};

const outage = 'L’API signale une panne\u00a0: les données peuvent être indisponibles.';
const warnings: Partial<Record<Verdict, string>> = {
  unreachable: 'L’API ne répond pas\u00a0: les données ne peuvent être ni lues ni enregistrées.',
  different:
    'L’interface et l’API n’exécutent pas le même commit\u00a0: le déploiement est en cours ou incomplet.',
  'page-outdated': 'Une nouvelle version est en ligne. Rechargez la page pour l’utiliser.',
};

/** Shows which environment, version and commit the user is looking at, and warns when the parts differ. */
export function DeploymentBanner({ page }: { page: Build }) {
  const { api, verdict } = useDeployment(page);
  const warning = warningFor(api, verdict);
  return (
    <aside className="deployment" aria-label="Version déployée">
      <div className="deployment-facts">
        <span className="deployment-environment">{environmentLabel(api)}</span>
        <span className="deployment-part">
          Interface <BuildLabel build={page} />
        </span>
        <ApiLabel api={api} />
      </div>
      <div role="status" className="deployment-warning" data-verdict={verdict}>
        {warning && <span>{warning}</span>}
        {verdict === 'page-outdated' && (
          <button
            type="button"
            className="button button-small"
            onClick={() => window.location.reload()}
          >
            Recharger
          </button>
        )}
      </div>
    </aside>
  );
}

function warningFor(api: ApiState, verdict: Verdict): string | undefined {
  if (api.status === 'answered' && api.health.status === 'unhealthy') return outage;
  return warnings[verdict];
}

function environmentLabel(api: ApiState): string {
  if (api.status === 'answered') return api.health.environment;
  return api.status === 'checking' ? 'environnement…' : 'environnement inconnu';
}

function ApiLabel({ api }: { api: ApiState }) {
  if (api.status === 'checking')
    return <span className="deployment-part">API&nbsp;: vérification…</span>;
  if (api.status === 'unreachable')
    return <span className="deployment-part">API sans réponse</span>;
  const { health } = api;
  return (
    <>
      <span className="deployment-part">
        API <BuildLabel build={health} />
      </span>
      <span className="deployment-part deployment-health" data-health={health.status}>
        {healthLabels[health.status]}
      </span>
    </>
  );
}

function BuildLabel({ build }: { build: Build }) {
  const known = build.commit !== 'unknown';
  return (
    <>
      {build.version}{' '}
      <code title={known ? `Commit ${build.commit}` : 'Construit sans numéro de commit'}>
        {known ? build.commit.slice(0, 7) : 'sans commit'}
      </code>
    </>
  );
}

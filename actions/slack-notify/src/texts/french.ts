import { spell } from './clock.ts';
import type { Texts } from './index.ts';

// In French a space that does not break goes before a colon, and a narrow one before « ; », « ! » and « ? ».
const colon = '\u00a0:';

export const french: Texts = {
  headline: {
    live: '✅ Staging est à jour',
    redeployed: '✅ Staging est redéployé',
    'rolled-back-by-hand': '↩️ Staging est revenu en arrière, à la demande',
    unconfirmed: '⚠️ Déployé sur staging, mais pas confirmé',
    unverified: '⚠️ Déployé sur staging, mais pas entièrement vérifié',
    'failed-before-deploy': `❌ Échec avant le déploiement${colon} staging n’a pas changé`,
    'failed-to-migrate': `❌ Échec de la migration${colon} staging garde l’ancienne version`,
    'still-on-old': `❌ Échec du déploiement${colon} staging garde l’ancienne version`,
    'rolled-back': `❌ Échec${colon} staging est revenu à la version précédente`,
    'rolled-back-by-host': `❌ Pas confirmé à temps${colon} le serveur est revenu à la version précédente`,
    'rollback-failed': `🚨 Le retour en arrière a échoué${colon} staging a besoin de quelqu’un`,
    failed: '❌ Échec du pipeline de staging',
    cancelled: '🚫 Pipeline de staging annulé',
    refused: '⛔ Déploiement refusé',
    'nothing-deployed': '⏸️ Rien n’a été déployé sur staging',
    'tested-only': '🧪 Testé, mais rien n’a été déployé sur staging',
  },
  running: {
    deploy: '⏳ Déploiement sur staging en cours',
    redeploy: '⏳ Redéploiement sur staging en cours',
    rollback: '⏳ Retour en arrière de staging en cours',
  },
  label: {
    live: 'En ligne maintenant',
    duration: 'Durée',
    environment: 'Environnement',
    migrations: 'Migrations',
    failedIn: 'En échec',
    cancelledIn: 'Annulé',
    redeploy: 'Redéployer la dernière bonne version',
    scan: 'Vulnérabilités trouvées',
    smoke: 'Tests de fumée',
    release: 'Version',
  },
  button: {
    environment: 'Ouvrir staging',
    run: 'Voir l’exécution',
    compare: 'Voir les changements',
  },
  now: {
    confirmed: (release) => release,
    provisional: (release) =>
      `${release}, provisoire${colon} elle est retirée si rien ne la confirme`,
    old: (release) =>
      release === undefined ? 'la version précédente' : `la version précédente, ${release}`,
    unknown: `inconnu${colon} à vérifier sur le serveur`,
  },
  noCommitMessage: '(sans message de commit)',
  thisRelease: 'la nouvelle version',
  details: 'Détails',
  log: 'Fin du journal',
  broke: 'Staging passe du vert au rouge.',
  recovered: (duration) =>
    duration === undefined ? '💚 Retour au vert.' : `💚 Retour au vert après ${duration}.`,
  attempt: (number) => `essai ${number}`,
  migrated: (from, to) => `${from} → ${to}`,
  more: (count) => `et ${count} de plus`,
  passed: (passed, total) => `${passed} sur ${total} réussis`,
  duration: (milliseconds) =>
    spell(milliseconds, { second: 's', minute: 'min', hour: 'h', day: 'j' }),
};

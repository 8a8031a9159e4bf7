import { spell } from './clock.ts';
import type { Texts } from './texts.ts';

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
    held: `❌ Pas déployé${colon} staging est entre d’autres mains`,
    'still-on-old': `❌ Échec du déploiement${colon} staging garde l’ancienne version`,
    'rolled-back': `❌ Échec${colon} staging est revenu à la version précédente`,
    'rolled-back-by-host': `❌ Pas confirmé${colon} le serveur est revenu à la version précédente`,
    'nothing-live': `❌ Échec${colon} rien n’est encore en ligne sur staging`,
    'taken-down': `↩️ Version retirée à la demande${colon} rien n’est encore en ligne sur staging`,
    'taken-down-by-host': `❌ Pas confirmé${colon} le serveur a retiré la version, rien n’est encore en ligne`,
    'rollback-failed': `🚨 Le retour en arrière a échoué${colon} staging a besoin de quelqu’un`,
    'not-rolled-back': `⛔ Pas de retour en arrière${colon} staging n’a pas changé`,
    replaced: '⚠️ Terminé, mais staging exécute maintenant une autre version',
    failed: '❌ Échec du pipeline de staging',
    cancelled: '🚫 Pipeline de staging annulé',
    refused: '⛔ Déploiement refusé',
    'nothing-deployed': '⏸️ Rien n’a été déployé sur staging',
    'tested-only': '🧪 Testé, mais rien n’a été déployé sur staging',
    'tests-failed': '❌ Les tests de staging ont échoué, rien n’a été déployé',
  },
  running: {
    deploy: '⏳ Déploiement sur staging en cours',
    redeploy: '⏳ Redéploiement sur staging en cours',
    rollback: '⏳ Retour en arrière de staging en cours',
    test: '⏳ Tests de staging en cours',
  },
  label: {
    live: 'En ligne maintenant',
    duration: 'Durée',
    environment: 'Environnement',
    migrations: 'Migrations',
    failedIn: 'En échec',
    cancelledIn: 'Annulé',
    redeploy: 'Redéployer la dernière bonne version',
    scan: 'Trouvé par les analyses',
    smoke: 'Tests de fumée',
    release: 'Version',
  },
  nothingFound: 'rien',
  notChecked: (what) => `non vérifié${colon} ${what}`,
  scanned: { everything: 'tout', 'known vulnerabilities': 'les vulnérabilités connues' },
  button: {
    environment: 'Ouvrir staging',
    run: 'Voir l’exécution',
    compare: 'Voir les changements',
  },
  now: {
    confirmed: (release) => release,
    provisional: (release, until) =>
      `${release}, provisoire${colon} elle est retirée${until ? ` à ${until}` : ''} si rien ne la confirme`,
    unconfirmed: (release) => `${release}, que personne n’a confirmée`,
    old: (release) =>
      release === undefined ? 'la même chose qu’avant' : `la version précédente, ${release}`,
    apart: (hosts) => `pas la même partout${colon} ${hosts}`,
    nothing: `rien${colon} il n’y a encore aucune version`,
    unknown: `inconnu${colon} à vérifier sur le serveur`,
  },
  remark: {
    unreachable: `⚠️ Le serveur n’a pas répondu${colon} ce qui est en ligne est déduit des résultats des jobs.`,
    working: (release) => `⏳ Le serveur travaille encore sur ${release}.`,
    held: (by, release, until) =>
      `🔒 Staging est entre les mains de ${by}, avec ${release}${until ? `, jusqu’à ${until} au plus tard` : ''}.`,
    locked: (by, reason) => `🔒 Déploiements suspendus par ${by}${colon} ${reason}`,
    displaced: (run, commit, actor) =>
      `⏭️ L’exécution ${run} de ${actor}, pour ${commit}, attendait quand celle-ci a pris sa place${colon} elle n’a rien déployé.`,
    journal: (host, line) =>
      `🚨 Le journal de ${host} n’est plus celui qu’une exécution antérieure a vu${colon} la ligne ${line} a disparu ou changé. Quelqu’un l’a modifié ou supprimé, ou le serveur a été réinstallé.`,
    notChecked: (what, scans) => `❔ Non vérifié dans ${scans}${colon} ${what}. On n’en sait rien.`,
    suite: (name, failed, tests, first) =>
      tests === 0
        ? `⚠️ ${name}${colon} aucun test ne s’est exécuté. La version reste en ligne.`
        : `⚠️ ${name}${colon} ${failed} sur ${tests} en échec, et la version reste en ligne${colon} ${first}`,
  },
  byHand: {
    restored: '🗄️ La base de staging a été restaurée',
    locked: '🔒 Les déploiements sur staging sont suspendus',
    unlocked: '🔓 Les déploiements sur staging reprennent',
    by: (who) => `à la main, par ${who}`,
    before: 'Avant',
    backup: 'Sauvegarde',
    revision: 'Révision du schéma',
    reason: 'Raison',
    ended: 'Terminé',
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

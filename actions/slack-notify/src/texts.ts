import type { Outcome } from './outcome.ts';

export const locales = ['fr', 'en'] as const;
export type Locale = (typeof locales)[number];

/** Every text of the message; a language that lacks one does not compile. */
export interface Texts {
  readonly headline: Readonly<Record<Outcome, string>>;
  readonly commit: string;
  readonly author: string;
  readonly branch: string;
  readonly release: string;
  readonly migrations: string;
  readonly environment: string;
  readonly run: string;
  readonly failedIn: string;
  readonly jobs: string;
  readonly noCommitMessage: string;
}

export const texts: Readonly<Record<Locale, Texts>> = {
  fr: {
    headline: {
      live: '✅ Staging est à jour',
      unverified: '⚠️ Staging a été déployé, mais pas entièrement vérifié',
      'rolled-back': '↩️ Échec : staging est revenu à la version précédente',
      failed: '❌ Échec du pipeline staging',
      cancelled: '🚫 Pipeline staging annulé',
      'nothing-deployed': '⏸️ Rien n’a été déployé sur staging',
    },
    commit: 'Commit',
    author: 'Auteur',
    branch: 'Branche',
    release: 'Version déployée',
    migrations: 'Migrations',
    environment: 'Environnement',
    run: 'Voir l’exécution',
    failedIn: 'En échec',
    jobs: 'Étapes',
    noCommitMessage: '(sans message de commit)',
  },
  en: {
    headline: {
      live: '✅ Staging is up to date',
      unverified: '⚠️ Staging was deployed, but not fully verified',
      'rolled-back': '↩️ Failed: staging is back on the release before',
      failed: '❌ The staging pipeline failed',
      cancelled: '🚫 The staging pipeline was cancelled',
      'nothing-deployed': '⏸️ Nothing was deployed to staging',
    },
    commit: 'Commit',
    author: 'Author',
    branch: 'Branch',
    release: 'Release',
    migrations: 'Migrations',
    environment: 'Environment',
    run: 'Open the run',
    failedIn: 'Failed',
    jobs: 'Stages',
    noCommitMessage: '(no commit message)',
  },
};

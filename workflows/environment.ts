/** The variables of the staging server's .env.staging: example, table and checks are made from this. */
import type { EnvironmentFile } from 'staging-pipeline';

export const environment: EnvironmentFile = {
  introduction: `
AZALS - configuration de l'environnement staging

  npm run staging -- init                         # écrit ce fichier, avec des secrets générés
  cp .env.staging.example .env.staging && chmod 600 .env.staging    # ou à la main

À modifier obligatoirement : les trois valeurs CHANGE_ME (POSTGRES_PASSWORD, SECRET_KEY,
STRIPE_SECRET_KEY). Tout le reste fonctionne tel quel. \`npm run staging -- doctor\` vérifie le tout.

Chaque conteneur ne reçoit que ses variables. Ce fichier ne doit jamais être versionné. \${NOM} reprend
une valeur définie plus haut dans ce fichier ; une variable du même nom exportée dans le shell
l'emporterait : ne pas exporter ces variables avant d'appeler docker compose.

Écrit par \`npm run build\` à partir de workflows/environment.ts.`,
  sections: {
    Application: {
      ENVIRONMENT: {
        kind: { is: 'choice', of: ['staging'] },
        what: 'Which checks of the application are on',
        for: ['api'],
        production: '`production`',
        example: 'staging',
      },
      DEBUG: {
        kind: { is: 'choice', of: ['true', 'false'] },
        what: 'Tracebacks in answers',
        for: ['api'],
        production: '`false`',
        example: 'true',
      },
      LOG_LEVEL: {
        kind: { is: 'choice', of: ['DEBUG', 'INFO', 'WARNING', 'ERROR'] },
        what: 'How much is logged',
        for: ['api'],
        production: '`INFO`',
        example: 'DEBUG',
      },
      DATABASE_WAIT_SECONDS: {
        kind: { is: 'text', pattern: '^[1-9][0-9]*$' },
        what: 'How long the API waits for the database at its start',
        for: ['api'],
        production: 'the same',
        required: false,
        comment: "Combien de secondes l'API attend la base à son démarrage ; 60 sans cette ligne.",
      },
    },
    'Base de données': {
      POSTGRES_DB: {
        kind: { is: 'text', pattern: '^[a-z_][a-z0-9_]*$' },
        what: 'Name of the database',
        for: ['postgres'],
        production: 'its own database',
        example: 'azals_staging',
      },
      POSTGRES_USER: {
        kind: { is: 'text', pattern: '^[a-z_][a-z0-9_]*$' },
        what: 'Owner of the database',
        for: ['postgres'],
        production: 'its own user',
        example: 'azals_staging_user',
      },
      POSTGRES_PASSWORD: {
        kind: { is: 'secret', generate: { generate: 'hex' }, least: 16 },
        what: 'Password of that user, from when the volume was made',
        for: ['postgres'],
        production: 'a secret of its own',
        comment: `
OBLIGATOIRE. Lettres, chiffres, « - » et « _ » seulement : le mot de passe fait partie d'une URL.
  python -c "import secrets; print(secrets.token_urlsafe(32))"
Il est fixé à la création du volume : le changer ensuite ici ne le change pas dans la base.`,
      },
      DATABASE_URL: {
        kind: {
          is: 'database',
          driver: 'postgresql+psycopg',
          service: 'postgres',
          user: 'POSTGRES_USER',
          password: 'POSTGRES_PASSWORD',
          name: 'POSTGRES_DB',
        },
        what: 'Where the API finds the database',
        for: ['api'],
        production: 'another server, with TLS',
        comment: 'Reprend les trois valeurs ci-dessus.',
        example:
          'postgresql+psycopg://${POSTGRES_USER}:${POSTGRES_PASSWORD}@postgres:5432/${POSTGRES_DB}',
      },
      REDIS_URL: {
        kind: { is: 'url', schemes: ['redis', 'rediss'] },
        what: 'Where the API finds Redis',
        for: ['api'],
        production: 'another server',
        example: 'redis://redis:6379/0',
      },
    },
    Secrets: {
      SECRET_KEY: {
        kind: { is: 'secret', generate: { generate: 'hex' }, least: 32 },
        what: 'Signs the tokens of sessions',
        for: ['api'],
        production: 'a key of its own',
        comment: `
OBLIGATOIRE. Clé de signature des JWT, 32 caractères ou plus :
  python -c "import secrets; print(secrets.token_urlsafe(64))"`,
      },
      BOOTSTRAP_SECRET: {
        kind: { is: 'secret', generate: { generate: 'hex' }, least: 32 },
        what: 'Lets the first administrator in',
        for: ['api'],
        production: 'a secret of its own',
        comment: `
\`init\` génère les deux suivantes, indépendantes. Ici elles reprennent SECRET_KEY, à remplacer par des clés
générées comme elle : qui en connaît une connaît les trois. ENCRYPTION_KEY ne doit plus changer dès que
des données chiffrées existent : la fixer avant de renouveler SECRET_KEY.`,
        example: 'bootstrap-${SECRET_KEY}',
      },
      ENCRYPTION_KEY: {
        kind: { is: 'secret', generate: { generate: 'hex' }, least: 32 },
        what: 'Encrypts data at rest',
        for: ['api'],
        production: 'a key of its own',
        example: 'encryption-${SECRET_KEY}',
      },
    },
    Accès: {
      CORS_ORIGINS: {
        kind: { is: 'origins' },
        what: 'Origins whose pages may call the API',
        for: ['api'],
        production: "the application's address",
        question: 'Addresses under which staging is opened in a browser, with commas between',
        comment:
          "Origines autorisées à appeler l'API depuis un navigateur, séparées par des virgules, sans espace.",
        example: 'http://localhost:{port},http://127.0.0.1:{port}',
      },
      TEST_TENANT_PASSWORD: {
        kind: { is: 'text', pattern: '^[^[:space:]]........*$' },
        what: "The test account's password",
        for: ['api'],
        production: 'no test account',
        required: false,
        comment: `
Mot de passe du compte de test créé par scripts/provision_test_tenant.py. Sans cette ligne, il est
généré à la création du compte et affiché une seule fois.`,
      },
    },
    Paiement: {
      STRIPE_SECRET_KEY: {
        kind: { is: 'key', prefixes: ['sk_test_', 'rk_test_'] },
        what: 'Key of Stripe, in test mode',
        for: ['api'],
        production: 'a live key',
        question: 'Test key of Stripe, from https://dashboard.stripe.com/test/apikeys',
        comment:
          'OBLIGATOIRE. Clé Stripe de TEST (sk_test_...). Une clé LIVE (sk_live_...) est refusée.',
      },
    },
    'Monitoring (optionnel)': {
      GF_SECURITY_ADMIN_PASSWORD: {
        kind: { is: 'secret', generate: { generate: 'hex' }, least: 12 },
        what: "Password of Grafana's account `admin`, from its first start",
        for: ['grafana'],
        production: 'a secret of its own',
        required: 'grafana',
        example: '',
        comment: `
Mot de passe du compte « admin » de Grafana, 12 caractères ou plus ; Grafana ne démarre pas sans lui.`,
      },
    },
  },
};

import { type Command, calledBy } from './shell-commands.ts';

const programs = new Set([
  ...['pytest', 'tox', 'nox', 'ruff', 'flake8', 'pylint', 'mypy', 'pyright', 'bandit', 'pip-audit'],
  ...['safety', 'eslint', 'tsc', 'vue-tsc', 'vitest', 'jest', 'mocha', 'golangci-lint', 'trivy'],
  ...['grype', 'snyk', 'semgrep', 'gitleaks', 'hadolint', 'shellcheck', 'actionlint', 'zizmor'],
  ...['rubocop', 'rspec', 'phpunit', 'tflint', 'kubeconform', 'yamllint', 'unittest', 'coverage'],
  ...[
    'stylelint',
    'biome',
    'htmlhint',
    'checkov',
    'tfsec',
    'osv-scanner',
    'cppcheck',
    'ansible-lint',
  ],
]);

const called = [
  /^(?:npm|pnpm|yarn|bun) (?:(?:-\S+|--\S+ \S+) )*(?:run )?(?:test|t|audit|lint|check|types?|typecheck|type-check|e2e|verify|ci|install)\b/,
  /^(?:npm|pnpm|yarn|bun) (?:(?:-\S+|--\S+ \S+) )*run \S*(?:test|lint|check|type|audit|verify|e2e|scan)\S*/,
  /^(?:black|isort|prettier|terraform fmt|gofmt|rustfmt|clang-format)\b.*(?:--check|-check|--diff|-l)\b/,
  /^(?:alembic (?:check|upgrade|downgrade)|playwright test|cypress run|k6 run|helm lint|docker scout|cosign verify)\b/,
  /^(?:go (?:test|vet)|cargo (?:test|clippy|audit|deny)|dotnet test|terraform validate)\b/,
  /^(?:mvn|\.\/mvnw|gradle|\.\/gradlew|make|just|task)\b.*\b(?:test|check|verify|lint)\b/,
];

/** Whether a command is there to fail: a test, a linter, a scan. */
export function isCheck({ text }: Command): boolean {
  const command = calledBy(text);
  const [name = ''] = command.split(/\s/);
  return programs.has(name) || called.some((pattern) => pattern.test(command));
}

// A report of findings without the permission to file it.
import { job, workflow } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

const report = job('report', {
  ...basics,
  permissions: { actions: 'read', contents: 'read' }, // error: github/codeql-action/upload-sarif needs the permission security-events: write
}).step({
  name: 'Upload',
  uses: 'github/codeql-action/upload-sarif',
  with: { sarif_file: 'trivy.sarif' },
});

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [report],
});

const assert = require('node:assert/strict');
const { mkdtempSync, readFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { test } = require('node:test');
const { build } = require('../build.js');

test('the site has its title and says which commit it is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'workshop-web-'));
  build(folder, 'abc');
  assert.match(readFileSync(join(folder, 'index.html'), 'utf8'), /<h1>Workshop<\/h1>/);
  assert.deepEqual(JSON.parse(readFileSync(join(folder, 'build.json'), 'utf8')), { commit: 'abc' });
});

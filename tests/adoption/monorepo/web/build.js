// Makes the site from its pages: dist/*.html, and dist/build.json with the commit.
const { mkdirSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const mustache = require('mustache');

const pages = join(__dirname, 'pages');

/** Renders one page; `{{title}}` and the like are filled in. */
function page(name, view) {
  return mustache.render(readFileSync(join(pages, name), 'utf8'), view);
}

/** Writes the site to a folder. */
function build(target, commit) {
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(pages))
    writeFileSync(
      join(target, `${basename(name, '.mustache')}.html`),
      page(name, { title: 'Workshop', commit }),
    );
  writeFileSync(join(target, 'build.json'), JSON.stringify({ commit }));
}

module.exports = { build };

if (require.main === module) build(join(__dirname, 'dist'), process.env.COMMIT ?? 'unknown');

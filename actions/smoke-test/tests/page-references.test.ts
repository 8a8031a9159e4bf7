import { expect, it } from 'vitest';
import { importsOf, referencesOf } from '../src/page-references.ts';

const base = new URL('https://staging.example.org/');
const named = (found: readonly { url: URL; as: string }[]) =>
  found.map(({ url, as }) => `${as} ${url.pathname}${url.search}`);

it('finds what a page names, however it is written', async () => {
  const html = `
    <!-- <script src="/commented.js"></script> -->
    <script type="module" crossorigin src="/assets/index-1.js"></script>
    <SCRIPT SRC='app.js?a=1&amp;b=2'></SCRIPT>
    <script>import './inline.js'</script>
    <link rel="modulepreload" crossorigin href="/assets/vendor-2.js">
    <link rel="preload" as="script" href="/late.js"><link rel="preload" as="font" href="/a.woff2">
    <link href=/assets/index-3.css rel=stylesheet>
    <link rel="icon" href="/favicon.svg">`;
  expect(named(referencesOf(html, base))).toEqual([
    'script /assets/index-1.js',
    'script /app.js?a=1&b=2',
    'script /assets/vendor-2.js',
    'script /late.js',
    'style /assets/index-3.css',
  ]);
});

it('follows what a script imports, and nothing that only looks like it', async () => {
  const script = `
    import{a as b}from"./vendor-2.js";export*from'../shared.js';
    const lazy=()=>import("./lazy-4.js");
    export{b}
    const u="/api/v1";throw new Error('import x from "./not-there.js"');
    import React from "react";`;
  const url = new URL('/assets/index-1.js', base);
  expect(named(await importsOf(script, { url, as: 'script' }))).toEqual([
    'script /assets/vendor-2.js',
    'script /shared.js',
    'script /assets/lazy-4.js',
  ]);
  const style = '@import url("tokens.css"); @import \'/base.css\'; a { background: url(a.png) }';
  const sheet = new URL('/assets/index-3.css', base);
  expect(named(await importsOf(style, { url: sheet, as: 'style' }))).toEqual([
    'style /assets/tokens.css',
    'style /base.css',
  ]);
});

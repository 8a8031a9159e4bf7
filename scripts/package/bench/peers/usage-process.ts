// Runs a command and adds what it took to a file, as a line of JSON: the most memory that its processes held together
// (proportional set size, in KiB) and their CPU time (in ticks). A process that goes on by itself is not counted. Linux.

import { spawn } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';

const [file = '', program = '', ...words] = process.argv.slice(2);
const child = spawn(program, words, { stdio: 'inherit' });
let peak = 0;
const sampling = setInterval(() => {
  const total = descendants(child.pid ?? 0).reduce((sum, pid) => sum + memoryOf(pid), 0);
  peak = Math.max(peak, total);
}, 100);

child.on('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
child.on('exit', (code, signal) => {
  clearInterval(sampling);
  // See proc(5): CPU time of children that have been waited for, in user and in system mode.
  const [user = 0, system = 0] = fieldsOf('self').slice(13, 15).map(Number);
  appendFileSync(file, `${JSON.stringify({ peak, ticks: user + system })}\n`);
  process.exit(code ?? (signal === null ? 1 : 128));
});

function descendants(root: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), Number(fieldsOf(name)[1])] as const);
  const found = [root];
  for (const pid of found)
    found.push(...parents.filter(([, parent]) => parent === pid).map(([each]) => each));
  return found;
}

/** The fields behind the name, which may have blanks; [] where the process has ended. */
function fieldsOf(pid: string): string[] {
  return read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');
}

function memoryOf(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

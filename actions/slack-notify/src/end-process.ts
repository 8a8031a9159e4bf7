/**
 * Ends the process at once, whatever connection still hangs.
 *
 * process.exit() waits for the threads of the system's name lookups, which cannot be ended: 8 seconds with two silent
 * name servers and two search domains. A process that becomes another one loses its threads.
 */
export function endProcess(): never {
  const lookingUp = process.getActiveResourcesInfo().includes('GetAddrInfoReqWrap');
  if (lookingUp && process.platform !== 'win32')
    process.execve?.('/bin/sh', ['sh', '-c', `exit ${Number(process.exitCode ?? 0)}`], {});
  process.exit();
}

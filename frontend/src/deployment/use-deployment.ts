import { useEffect, useState } from 'react';
import { readHealth, readServedBuild } from '../api/deployment.ts';
import type { Build } from '../build-info.ts';
import { type ApiState, judge, type Verdict } from './verdict.ts';

const intervalMilliseconds = 30_000;

type Deployment = { api: ApiState; verdict: Verdict };

/** Returns what is deployed, asked again every 30 s and when the user comes back to the tab. */
export function useDeployment(page: Build): Deployment {
  const [deployment, setDeployment] = useState<Deployment>({
    api: { status: 'checking' },
    verdict: 'checking',
  });

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const check = async () => {
      const next = await readDeployment(page, signal);
      if (!signal.aborted) setDeployment(next);
    };
    const checkWhenVisible = () => {
      if (document.visibilityState === 'visible') void check();
    };

    void check();
    const timer = setInterval(checkWhenVisible, intervalMilliseconds);
    document.addEventListener('visibilitychange', checkWhenVisible);
    return () => {
      controller.abort();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', checkWhenVisible);
    };
  }, [page]);

  return deployment;
}

async function readDeployment(page: Build, signal: AbortSignal): Promise<Deployment> {
  const api = await readHealth(signal).then(
    (health): ApiState => ({ status: 'answered', health }),
    (): ApiState => ({ status: 'unreachable' }),
  );
  const verdict = judge(page, api, null);
  if (verdict !== 'different') return { api, verdict };
  // A tab left open across a deploy differs from the new API, and only has to be reloaded.
  const served = await readServedBuild(signal).catch(() => null);
  return { api, verdict: judge(page, api, served) };
}

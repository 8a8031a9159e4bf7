import { useEffect, useState } from 'react';

/** What is known of something that is being fetched. */
export type Loadable<T> =
  | { status: 'loading' }
  | { status: 'failed'; error: unknown }
  | { status: 'ready'; value: T };

type Load<T> = (signal: AbortSignal) => Promise<T>;

const loading = { status: 'loading' } as const;

/** Fetches on mount and whenever `load` changes (memoise it); `retry` fetches again. */
export function useLoad<T>(load: Load<T>) {
  const [attempt, setAttempt] = useState(0);
  const [latest, setLatest] = useState<{ load: Load<T>; attempt: number; state: Loadable<T> }>();

  useEffect(() => {
    const controller = new AbortController();
    const settle = (state: Loadable<T>) => {
      if (!controller.signal.aborted) setLatest({ load, attempt, state });
    };
    load(controller.signal).then(
      (value) => settle({ status: 'ready', value }),
      (error: unknown) => settle({ status: 'failed', error }),
    );
    return () => controller.abort();
  }, [load, attempt]);

  // An answer to an earlier question is no answer to this one.
  const state: Loadable<T> =
    latest?.load === load && latest.attempt === attempt ? latest.state : loading;
  return { state, retry: () => setAttempt((attempt) => attempt + 1) };
}

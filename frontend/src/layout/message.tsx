import type { ReactNode } from 'react';

/** A message that is announced when it appears: an error at once, news when the reader is idle. */
export function Message({ tone, children }: { tone: 'error' | 'news'; children: ReactNode }) {
  return (
    <div className={`message message-${tone}`} role={tone === 'error' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}

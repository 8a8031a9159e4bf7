import { useLocation, useNavigationType } from 'react-router';

/** The navigation state that makes the next page say what was just done. */
export type NoticeState = { notice: string };

/** Shows what the navigation to this page announced; not again after a reload or going back. */
export function Notice() {
  const { state } = useLocation();
  const arrivedBack = useNavigationType() === 'POP';
  const text = !arrivedBack && isNotice(state) ? state.notice : null;
  return (
    <div role="status" className="notice">
      {text && <p className="message message-news">{text}</p>}
    </div>
  );
}

function isNotice(state: unknown): state is NoticeState {
  return typeof state === 'object' && state !== null && 'notice' in state;
}

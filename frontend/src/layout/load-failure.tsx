import { describeFailure } from '../api/api-error.ts';
import { Message } from './message.tsx';

/** Says why something could not be loaded and offers to try again. */
export function LoadFailure({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <Message tone="error">
      <p>{describeFailure(error)}</p>
      <button type="button" className="button" onClick={retry}>
        Réessayer
      </button>
    </Message>
  );
}

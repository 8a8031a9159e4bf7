import { useId, useLayoutEffect, useRef, useState } from 'react';
import { ApiError, describeFailure } from '../api/api-error.ts';
import { type Customer, deleteCustomer } from '../api/customers.ts';
import { Message } from '../layout/message.tsx';
import { quoted } from '../layout/quoted.ts';
import { useAuthorized } from '../session/use-authorized.ts';

type DeleteCustomerDialogProps = {
  customer: Customer;
  onClose: () => void;
  /** Called with what to tell the user. */
  onDeleted: (notice: string) => void;
};

/** Asks before a customer is deleted, and deletes it. */
export function DeleteCustomerDialog({ customer, onClose, onDeleted }: DeleteCustomerDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const authorized = useAuthorized();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const titleId = useId();

  // Closing before the element leaves the page gives the focus back to what opened it.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  const close = () => {
    // The event comes late: the dialog may have been opened again since.
    if (!dialog.current?.open) onClose();
  };

  const confirm = async () => {
    if (pending) return;
    setPending(true);
    setFailure(null);
    try {
      await authorized((credentials) => deleteCustomer(credentials, customer.id));
    } catch (error) {
      if (!isGone(error)) {
        setPending(false);
        setFailure(describeFailure(error));
        return;
      }
    }
    onDeleted(`Le client ${quoted(customer.name)} a été supprimé.`);
  };

  return (
    <dialog ref={dialog} aria-labelledby={titleId} onClose={close}>
      <h2 id={titleId}>Supprimer {quoted(customer.name)}&nbsp;?</h2>
      <p>Ce client sera supprimé définitivement. Cette action ne peut pas être annulée.</p>
      {failure && <Message tone="error">{failure}</Message>}
      <div className="actions">
        <button type="button" className="button" onClick={() => dialog.current?.close()}>
          Annuler
        </button>
        <button
          type="button"
          className="button button-danger"
          aria-disabled={pending}
          onClick={confirm}
        >
          {pending ? 'Suppression…' : 'Supprimer'}
        </button>
      </div>
    </dialog>
  );
}

// Somebody else deleted it meanwhile: what the user wanted is true.
function isGone(error: unknown): boolean {
  return error instanceof ApiError && error.kind === 'not-found';
}

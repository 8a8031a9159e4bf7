import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ApiError, describeFailure } from '../api/api-error.ts';
import type { CustomerDraft } from '../api/customers.ts';
import { TextField } from '../forms/text-field.tsx';
import { type FormErrors, useSubmit } from '../forms/use-submit.ts';
import { Message } from '../layout/message.tsx';
import { routes } from '../routes.ts';
import { customerFields, readCustomerForm } from './customer-fields.ts';

type CustomerFormProps = {
  initial?: CustomerDraft;
  submitLabel: string;
  save: (draft: CustomerDraft) => Promise<void>;
  /** Further actions, at the end of the button row. */
  children?: ReactNode;
};

/** The form that creates and edits a customer. */
export function CustomerForm({ initial, submitLabel, save, children }: CustomerFormProps) {
  const { submit, pending, errors } = useSubmit({
    read: readCustomerForm,
    send: save,
    explain: explainRefusal,
  });
  return (
    <form onSubmit={submit} noValidate className="panel panel-form">
      <div className="field-grid">
        {customerFields.map((field) => (
          <TextField
            key={field.name}
            {...field}
            autoComplete="off"
            defaultValue={initial?.[field.name] ?? ''}
            error={errors.fields[field.name]}
          />
        ))}
      </div>
      {errors.form && <Message tone="error">{errors.form}</Message>}
      <div className="actions">
        <button type="submit" className="button button-primary" aria-disabled={pending}>
          {pending ? 'Enregistrement…' : submitLabel}
        </button>
        <Link className="button" to={routes.customers}>
          Annuler
        </Link>
        {children}
      </div>
    </form>
  );
}

function explainRefusal(error: unknown): FormErrors {
  const refused = error instanceof ApiError ? error.fields : [];
  const fields = refused.map((field) => [field, 'Le serveur a refusé cette valeur.'] as const);
  return { form: describeFailure(error), fields: Object.fromEntries(fields) };
}

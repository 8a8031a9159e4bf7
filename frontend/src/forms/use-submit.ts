import { type FormEvent, useRef, useState } from 'react';
import { describeFailure } from '../api/api-error.ts';

/** Messages for a form: one for the whole, one for each field by name. */
export type FormErrors = { form?: string; fields: Record<string, string> };

type SubmitOptions<T> = {
  read: (data: FormData) => { value: T } | { fields: Record<string, string> };
  send: (value: T) => Promise<void>;
  explain?: (error: unknown) => FormErrors;
};

const noErrors: FormErrors = { fields: {} };

/** Returns a form's submit handler, whether it is under way, and what is wrong with it. */
export function useSubmit<T>({ read, send, explain = explainFailure }: SubmitOptions<T>) {
  const [errors, setErrors] = useState(noErrors);
  const [pending, setPending] = useState(false);
  const underWay = useRef(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (underWay.current) return;
    const form = event.currentTarget;
    const result = read(new FormData(form));
    if ('fields' in result) {
      setErrors(result);
      focusFirst(form, result.fields);
      return;
    }
    underWay.current = true;
    setPending(true);
    setErrors(noErrors);
    try {
      await send(result.value);
    } catch (error) {
      const explained = explain(error);
      setErrors(explained);
      focusFirst(form, explained.fields);
    } finally {
      underWay.current = false;
      setPending(false);
    }
  };

  return { submit, pending, errors };
}

function explainFailure(error: unknown): FormErrors {
  return { form: describeFailure(error), fields: {} };
}

function focusFirst(form: HTMLFormElement, fields: Record<string, string>): void {
  const first = Array.from(form.elements).find(
    (element): element is HTMLInputElement =>
      element instanceof HTMLInputElement && element.name in fields,
  );
  first?.focus();
}

import type { CustomerDraft } from '../api/customers.ts';
import { isEmail } from '../forms/is-email.ts';

type CustomerField = {
  name: keyof CustomerDraft;
  label: string;
  type: 'text' | 'email' | 'tel';
  required: boolean;
};

/** The fields of a customer that the user writes, in the order of the form. */
export const customerFields: readonly CustomerField[] = [
  { name: 'name', label: 'Nom', type: 'text', required: true },
  { name: 'email', label: 'Adresse e-mail', type: 'email', required: false },
  { name: 'phone', label: 'Téléphone', type: 'tel', required: false },
  { name: 'city', label: 'Ville', type: 'text', required: false },
];

/** Returns the customer that was typed, empty fields as null, or a message for each wrong field. */
export function readCustomerForm(
  data: FormData,
): { value: CustomerDraft } | { fields: Record<string, string> } {
  const text = (name: keyof CustomerDraft) => String(data.get(name)).trim();
  const name = text('name');
  const email = text('email');
  const fields: Record<string, string> = {};
  if (name === '') fields.name = 'Saisissez le nom du client.';
  if (email !== '' && !isEmail(email)) fields.email = 'Saisissez une adresse e-mail complète.';
  if (Object.keys(fields).length > 0) return { fields };
  return {
    value: { name, email: email || null, phone: text('phone') || null, city: text('city') || null },
  };
}

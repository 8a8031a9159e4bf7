/** Something a person has to mend: its message says what is wrong and what to do. Shown without a stack. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

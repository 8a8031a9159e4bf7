import type { RequestCheck } from '../checks/types.ts';
import { NoAnswer } from '../http/no-answer.ts';
import { plainRequest } from '../http/plain-request.ts';
import { expectedInWords, judge, statusesOf } from '../judge/answer.ts';
import { fill } from '../placeholders.ts';
import { failedTrial, type Kind } from '../run.ts';

/** One request and what must come back. */
export const request: Kind<RequestCheck> = {
  expected: (check, { values }) => expectedInWords(fill(check, values)),
  async attempt(check, { client, values }, limit) {
    const expected = fill(check, values);
    try {
      const answer = await client.send(plainRequest(check, values), {
        limit,
        takesRefusal: statusesOf(check).includes(429),
      });
      return {
        deviations: judge(expected, answer),
        seen: `${answer.status} in ${answer.duration} ms`,
      };
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return failedTrial(`status ${statusesOf(check).join(' or ')}`, noneBecause(error));
    }
  },
};

/** Why there was no answer, for the end of "got …". */
export function noneBecause({ message }: NoAnswer): string {
  return message.startsWith('none') ? message : `none: ${message}`;
}

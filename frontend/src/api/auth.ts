import * as z from 'zod/mini';
import { request } from './request.ts';

const tokenSchema = z.object({
  access_token: z.string().check(z.minLength(1)),
  token_type: z.literal('bearer'),
  expires_in: z.number().check(z.positive()),
});

export type SignInForm = { tenant: string; email: string; password: string };

/** Signs in to a tenant and returns its token and lifetime in seconds; throws ApiError. */
export async function signIn({ tenant, email, password }: SignInForm) {
  const answer = await request({
    method: 'POST',
    path: '/v1/auth/login',
    credentials: { tenant },
    body: { email, password },
    schema: tokenSchema,
  });
  return { token: answer.access_token, expiresInSeconds: answer.expires_in };
}

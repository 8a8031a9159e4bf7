import { ProxyFailed } from '../../../shared/src/http/proxy.ts';

/** A request that got no answer; the message says why. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  /**
   * Whether the address itself cannot be reached, which says nothing about the application; false where something is
   * there and does not answer as HTTP should.
   */
  readonly unreachable: boolean;

  constructor(message: string, unreachable: boolean, options?: ErrorOptions) {
    super(message, options);
    this.unreachable = unreachable;
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name cannot be resolved',
  EAI_AGAIN: 'its name cannot be resolved at the moment',
  ECONNREFUSED: 'nothing listens there',
  EHOSTUNREACH: 'no route leads there',
  ENETUNREACH: 'no route leads there',
};

const certificateCodes =
  /^(?:CERT_|ERR_TLS_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|ERR_SSL|EPROTO)/;

/** Why a request got no answer: `connected` tells whether anybody accepted the connection. */
export function noAnswer(error: unknown, connected: boolean): NoAnswer {
  if (error instanceof ProxyFailed) return new NoAnswer(error.message, true, { cause: error });
  const { code = '', message } = rootOf(error);
  const known = reasons[code];
  const unreachable = !connected && !certificateCodes.test(code);
  if (known !== undefined) return new NoAnswer(`${known} (${code})`, unreachable, { cause: error });
  if (certificateCodes.test(code))
    return new NoAnswer(`its certificate or TLS is not right: ${message} (${code})`, false, {
      cause: error,
    });
  if (code === 'ECONNRESET') {
    return new NoAnswer('the connection was closed before an answer came', unreachable, {
      cause: error,
    });
  }
  return new NoAnswer(message, unreachable, { cause: error });
}

/** Several addresses of a name that all failed are one error with a list of others. */
function rootOf(error: unknown): { readonly code?: string; readonly message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return rootOf(error.errors[0]);
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { message: error.message || String(error), ...code };
}

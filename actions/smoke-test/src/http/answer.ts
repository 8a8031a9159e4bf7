import type { IncomingMessage } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

/** What the application answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Decompressed, and read in the character set that it names. */
  readonly body: string;
  /** Milliseconds from the request to the end of the body. */
  readonly duration: number;
}

// What is longer is no answer that a check looks into.
const longestBody = 16 * 1024 * 1024;

/** Reads an answer to its end. Throws where the body breaks off, is too long, or is not compressed as it says. */
export async function readAnswer(message: IncomingMessage, started: number): Promise<Answer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.byteLength;
    if (size > longestBody) throw new Error(`a body of more than ${longestBody} bytes`);
    chunks.push(chunk);
  }
  const headers = headersOf(message);
  return {
    status: message.statusCode ?? 0,
    headers,
    body: decode(decompress(Buffer.concat(chunks), headers), headers),
    duration: Math.round(performance.now() - started),
  };
}

function headersOf(message: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(message.headersDistinct))
    for (const value of values) headers.append(name, value);
  return headers;
}

function decompress(body: Buffer, headers: Headers): Buffer {
  if (body.byteLength === 0) return body;
  const options = { maxOutputLength: longestBody };
  switch (headers.get('content-encoding')) {
    case 'gzip':
      return gunzipSync(body, options);
    case 'br':
      return brotliDecompressSync(body, options);
    case 'deflate':
      return inflateSync(body, options);
    default:
      return body;
  }
}

function decode(body: Uint8Array, headers: Headers): string {
  const charset = /charset="?([\w-]+)/i.exec(headers.get('content-type') ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}

import { hash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { compress, type Encoding, encodingFor, isCompressible } from './encoding.ts';

/** The bytes of an answer in one encoding, with the headers made once: flat name, value, name, value … */
interface Body {
  readonly bytes: Buffer;
  readonly etag: string | null;
  readonly head: string[];
  readonly unchanged: string[];
}

/**
 * A whole answer, ready to be sent any number of times. An answer that may be kept (200, `cache-control: public`)
 * has a strong entity tag of its bytes, one for each encoding (RFC 9110, 8.8.3).
 */
export class Answer {
  readonly status: number;
  /** Whether it is the same for everyone. */
  readonly isPublic: boolean;
  readonly #headers: readonly (readonly [string, string])[];
  readonly #bodies = new Map<Encoding, Body>();
  readonly #tag: string | null;
  readonly #compressible: boolean;
  readonly #plain: Body;

  /** `tag` is a hash of the bytes, where one is known already. */
  constructor(status: number, headers: ReadonlyMap<string, string>, bytes: Buffer, tag?: string) {
    this.status = status;
    this.isPublic =
      status === 200 &&
      (headers.get('cache-control') ?? '').startsWith('public') &&
      !headers.has('set-cookie');
    this.#tag = this.isPublic ? (tag ?? hash('sha256', bytes, 'base64url').slice(0, 22)) : null;
    this.#compressible =
      isCompressible(headers.get('content-type') ?? '') && !headers.has('content-encoding');
    this.#headers = [
      ...[...headers].filter(([name]) => name !== 'content-length' && name !== 'set-cookie'),
      ...(this.#compressible ? ([['vary', 'Accept-Encoding']] as const) : []),
    ];
    this.#plain = this.#bodyOf(bytes, 'identity');
    this.#bodies.set('identity', this.#plain);
  }

  /** What it takes in memory, in bytes, about: bodies and their headers. */
  get size(): number {
    let size = 1000;
    for (const body of this.#bodies.values()) size += body.bytes.length + 3000;
    return size;
  }

  /** Compresses it for a request, where that is worth it and there is room to; `send` then uses it. */
  async prepare(incoming: IncomingMessage): Promise<void> {
    const encoding = encodingFor(incoming.headers['accept-encoding']);
    if (!this.lacks(encoding)) return;
    const packed = await compress(this.#plain.bytes, encoding);
    if (packed !== undefined) this.#bodies.set(encoding, this.#bodyOf(packed, encoding));
  }

  /** Whether it has never been compressed this way although it could be. */
  lacks(encoding: Encoding): boolean {
    return this.#compressible && !this.#bodies.has(encoding);
  }

  /**
   * Sends it: the bytes, only the headers for HEAD, or 304 to one who has it already. `cookies` are added.
   * Nothing is sent twice and nothing waited for.
   */
  send(incoming: IncomingMessage, outgoing: ServerResponse, cookies: readonly string[] = []): void {
    const encoding = encodingFor(incoming.headers['accept-encoding']);
    const body = this.#bodies.get(encoding) ?? this.#plain;
    const known = incoming.headers['if-none-match'];
    if (known !== undefined && this.#tag !== null) {
      const tag = this.#matching(known, body);
      if (tag !== undefined) {
        outgoing.writeHead(304, tag === body.etag ? body.unchanged : this.#headOf(tag, null));
        outgoing.end();
        return;
      }
    }
    const head =
      cookies.length === 0 ? body.head : [...body.head, ...cookies.flatMap((c) => ['set-cookie', c])];
    outgoing.writeHead(this.status, head);
    outgoing.end(incoming.method === 'HEAD' ? undefined : body.bytes);
  }

  /** The tag of this answer, in whatever encoding, that stands in an If-None-Match (weak comparison: RFC 9110, 13.1.2). */
  #matching(known: string, body: Body): string | undefined {
    if (known === body.etag) return body.etag;
    if (known.trim() === '*') return body.etag ?? undefined;
    return known
      .split(',')
      .map((tag) => tag.trim().replace(/^W\//, ''))
      .find(
        (tag) => tag === `"${this.#tag}"` || tag === `"${this.#tag}-br"` || tag === `"${this.#tag}-gzip"`,
      );
  }

  #bodyOf(bytes: Buffer, encoding: Encoding): Body {
    const etag =
      this.#tag === null ? null : encoding === 'identity' ? `"${this.#tag}"` : `"${this.#tag}-${encoding}"`;
    const packed = encoding === 'identity' ? [] : ['content-encoding', encoding];
    return {
      bytes,
      etag,
      head: [...this.#headOf(etag, bytes.length), ...packed],
      unchanged: this.#headOf(etag, null),
    };
  }

  /** All headers, with a length; or those one who has the page must know anew (RFC 9110, 15.4.5). */
  #headOf(etag: string | null, length: number | null): string[] {
    const said = length === null ? this.#headers.filter(([name]) => ofUnchanged.has(name)) : this.#headers;
    const head = said.flat();
    if (etag !== null) head.push('etag', etag);
    if (length !== null) head.push('content-length', String(length));
    return head;
  }
}

/** A browser keeps all others, the security headers among them, as they came with the page. */
const ofUnchanged = new Set(['cache-control', 'vary']);

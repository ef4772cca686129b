import * as z from 'zod';
import type { Archive } from '../archive.ts';
import { type Challenges, challengesOf } from './challenges.ts';

/** Loaded when someone first uses a passkey: its certificates' formats take 30 MB of memory. */
export const webauthn = () => import('@simplewebauthn/server');

/** What a browser's passkey answers with (WebAuthn, 5.1 and 7): checked for its shape here, for its truth by the library. */
const base64url = z.string().regex(/^[\w-]{1,20000}$/);
const shared = {
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).transform(() => ({})),
};
const proof = z.object({
  ...shared,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
  }),
});
const transport = z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']);
const registration = z.object({
  ...shared,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(transport).catch([]),
  }),
});

const challenges = new WeakMap<Archive['store'], Challenges>();

/** The challenges an archive has asked. */
export function challengesFor(archive: Archive): Challenges {
  const known = challenges.get(archive.store);
  if (known !== undefined) return known;
  const made = challengesOf();
  challenges.set(archive.store, made);
  return made;
}

/** A passkey belongs to a host name, and is only good on pages of this origin (WebAuthn, 5.1.2). */
export function party({ url }: Archive): { readonly expectedOrigin: string; readonly expectedRPID: string } {
  return { expectedOrigin: url, expectedRPID: new URL(url).hostname };
}

/** How a browser answers when someone signs in with a passkey; undefined for what is no such answer. */
export function readProof(answer: string): z.infer<typeof proof> | undefined {
  return proof.safeParse(parsed(answer)).data;
}

/** How a browser answers when it has made a passkey; undefined for what is no such answer. */
export function readRegistration(answer: string): z.infer<typeof registration> | undefined {
  return registration.safeParse(parsed(answer)).data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

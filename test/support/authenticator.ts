/**
 * A passkey authenticator in software. It does what `navigator.credentials.create` and `.get` do, with JSON as input and
 * output. It signs by ES256, and its attestation is "none".
 */
import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';

/** The options of a registration or an assertion that the authenticator reads. */
export interface CeremonyOptions {
  readonly challenge: string;
  readonly rpId?: string;
  readonly rp?: { readonly id?: string };
  readonly allowCredentials?: readonly { readonly id: string }[];
  /** The origin of the page, if it is not the authenticator's: a browser would not let another page use the credential. */
  readonly pageOrigin?: string;
}

export interface Authenticator {
  /** Takes PublicKeyCredentialCreationOptionsJSON and gives RegistrationResponseJSON. */
  readonly create: (options: CeremonyOptions) => { readonly id: string } & Readonly<Record<string, unknown>>;
  /** Takes PublicKeyCredentialRequestOptionsJSON and gives AuthenticationResponseJSON. */
  readonly get: (options: CeremonyOptions) => { readonly id: string } & Readonly<Record<string, unknown>>;
}

interface Credential {
  readonly id: string;
  readonly rpId: string;
  readonly privateKey: KeyObject;
  counter: number;
}

const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest();
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

/** The relying party of options that name none: a browser takes the host of the page. */
const LOCALHOST = 'localhost';

/**
 * @param origin the origin of the page, which a browser would know
 * @param verifiesUser whether it asks for a PIN or a fingerprint
 */
export function createAuthenticator(
  origin = 'http://localhost:3000',
  { verifiesUser = true } = {},
): Authenticator {
  const credentials: Credential[] = [];
  const user = verifiesUser ? PRESENT | VERIFIED : PRESENT;
  const clientData = (type: string, challenge: string, pageOrigin = origin) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: pageOrigin, crossOrigin: false }));
  return {
    create: ({ challenge, rp: { id: rpId = LOCALHOST } = {} }) => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const id = randomBytes(16);
      credentials.push({ id: base64url(id), rpId, privateKey, counter: 0 });
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
      // COSE_Key: kty EC2, alg ES256, crv P-256, x, y
      const coseKey = cbor(
        new Map<number, number | Uint8Array>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, Buffer.from(x, 'base64url')],
          [-3, Buffer.from(y, 'base64url')],
        ]),
      );
      const attested = Buffer.concat([Buffer.alloc(16), uint16(id.length), id, coseKey]);
      const authData = authenticatorData(rpId, user | ATTESTED, 0, attested);
      const attestationObject = cbor(
        new Map<string, string | Uint8Array | Map<string, never>>([
          ['fmt', 'none'],
          ['attStmt', new Map<string, never>()],
          ['authData', authData],
        ]),
      );
      return {
        id: base64url(id),
        rawId: base64url(id),
        type: 'public-key',
        authenticatorAttachment: 'platform',
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(clientData('webauthn.create', challenge)),
          attestationObject: base64url(attestationObject),
          transports: ['internal'],
        },
      };
    },
    get: ({ challenge, rpId = LOCALHOST, allowCredentials, pageOrigin }) => {
      // An authenticator uses a credential only for the relying party that it was made for
      const credential = credentials.find(
        (known) =>
          known.rpId === rpId &&
          (!allowCredentials || allowCredentials.some((allowed) => allowed.id === known.id)),
      );
      if (!credential) throw new DOMException('No credential is known here', 'NotAllowedError');
      credential.counter += 1;
      const data = clientData('webauthn.get', challenge, pageOrigin);
      const authData = authenticatorData(rpId, user, credential.counter);
      const signature = createSign('sha256')
        .update(Buffer.concat([authData, sha256(data)]))
        .sign(credential.privateKey);
      return {
        id: credential.id,
        rawId: credential.id,
        type: 'public-key',
        authenticatorAttachment: 'platform',
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(data),
          authenticatorData: base64url(authData),
          signature: base64url(signature),
        },
      };
    },
  };
}

/** Flags of authenticator data: the user is present, the user is verified, and attested credential data follows. */
const PRESENT = 0x01;
const VERIFIED = 0x04;
const ATTESTED = 0x40;

function authenticatorData(rpId: string, flags: number, counter: number, rest = Buffer.alloc(0)): Buffer {
  const fixed = Buffer.alloc(5);
  fixed.writeUInt8(flags, 0);
  fixed.writeUInt32BE(counter, 1);
  return Buffer.concat([sha256(rpId), fixed, rest]);
}

function uint16(n: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(n);
  return bytes;
}

type Cbor = number | string | Uint8Array | Map<number | string, Cbor>;

/** Encodes integers, text, bytes and maps of less than 64 KB as RFC 8949 says. */
function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Map) {
    return Buffer.concat([
      head(5, value.size),
      ...[...value].flatMap(([key, item]) => [cbor(key), cbor(item)]),
    ]);
  }
  return Buffer.concat([head(2, value.length), value]);
}

function head(major: number, n: number): Buffer {
  const type = major << 5;
  if (n < 24) return Buffer.from([type | n]);
  return n < 256 ? Buffer.from([type | 24, n]) : Buffer.from([type | 25, n >> 8, n & 0xff]);
}

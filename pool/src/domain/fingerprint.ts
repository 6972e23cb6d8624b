/** The name under which a long opaque text is kept: a token, a session or a SECRET_BLOCK. */
import { sha256 } from '@noble/hashes/sha2.js';

/**
 * Makes 44 characters of base64. Refresh tokens have 1.7 KB and are valid for 30 days, SECRET_BLOCKs have 2.5 KB, and a pool
 * may have many thousands of each. What is kept also cannot be used to sign in.
 */
export const fingerprint = (text: string): string =>
  btoa(String.fromCharCode(...sha256(new TextEncoder().encode(text))));

/** Computes a device's verifier with the package's core. It is bundled once for each integer module. */
import { generateDeviceVerifier } from '../../src/srp/index.ts';

/** All that goes into a device's verifier. Bytes are hexadecimal: a bundle may be of another realm. */
export interface DeviceInput {
  readonly groupKey: string;
  readonly key: string;
  /** 40 bytes. */
  readonly password: string;
  /** 16 bytes. */
  readonly salt: string;
}

/** What has to be the same in every implementation: what is kept, and what ConfirmDevice is sent. */
export interface DeviceOutput {
  readonly password: string;
  readonly PasswordVerifier: string;
  readonly Salt: string;
}

export function deviceVerifier({ groupKey, key, password, salt }: DeviceInput): DeviceOutput {
  const draws = [password, salt];
  const { password: kept, DeviceSecretVerifierConfig } = generateDeviceVerifier(
    { groupKey, key },
    (length) => {
      const bytes = Uint8Array.from(Buffer.from(draws.shift() ?? '', 'hex'));
      if (bytes.length !== length) throw new Error(`${length} random bytes were asked for`);
      return bytes;
    },
  );
  return { password: kept, ...DeviceSecretVerifierConfig };
}

/** Codes by SMS and e-mail: made here, "sent" to the outbox, checked and spent. */
import type { Random } from './randomness.ts';
import { ServiceException } from './service-exception.ts';

export type Medium = 'SMS' | 'EMAIL';

/** The operation or the challenge that takes the code. */
export type CodePurpose =
  | 'ConfirmSignUp'
  | 'ConfirmForgotPassword'
  | 'VerifyUserAttribute'
  | 'SMS_MFA'
  | 'EMAIL_OTP'
  | 'SMS_OTP';

/** A message that a phone or a mailbox would have got. */
export interface OutboxMessage {
  readonly to: string;
  readonly medium: Medium;
  readonly purpose: CodePurpose;
  readonly code: string;
  /** The canonical name. */
  readonly username: string;
  /** Milliseconds since the epoch, by the pool's clock. */
  readonly at: number;
}

/** Where a code goes. */
export interface Destination {
  readonly to: string;
  readonly medium: Medium;
}

/** CodeDeliveryDetailsType. */
export interface CodeDeliveryDetails {
  readonly Destination: string;
  readonly DeliveryMedium: Medium;
  readonly AttributeName: string;
}

export const ATTRIBUTE_OF = { EMAIL: 'email', SMS: 'phone_number' } as const;

const HOUR_MS = 3_600_000;
/** The developer guide's lifetimes; codes that answer a challenge live as long as its Session. */
const LIFETIME_MS = {
  ConfirmSignUp: 24 * HOUR_MS,
  ConfirmForgotPassword: HOUR_MS,
  VerifyUserAttribute: 24 * HOUR_MS,
} as const;

/** Codes that wait for an operation, each for one user and one thing to confirm. */
export type ConfirmationPurpose = keyof typeof LIFETIME_MS;

const DIGITS = 6;
/** A pool that runs for days must not keep every message. */
const OUTBOX_LIMIT = 1000;

export interface Codes {
  /** The newest is last; no more than the last 1000. */
  readonly outbox: readonly OutboxMessage[];
  /** Sends a code of so many digits, for a Session to keep. */
  send(
    purpose: CodePurpose,
    username: string,
    destination: Destination,
    digits?: number,
  ): { readonly code: string };
  /** Sends a code and keeps it until `confirm`; it replaces the one before. */
  issue(purpose: ConfirmationPurpose, username: string, destination: Destination): CodeDeliveryDetails;
  /**
   * Refuses every code but the one that was issued. `attribute` is what the code was sent to confirm.
   *
   * @returns what spends it, and where it had been sent
   * @throws ServiceException ExpiredCodeException, CodeMismatchException
   */
  confirm(
    purpose: ConfirmationPurpose,
    username: string,
    code: string,
    attribute?: string,
  ): Destination & { readonly spend: () => void };
}

interface IssuedCode extends Destination {
  readonly code: string;
  readonly expires: number;
}

export const codeExpired = (): ServiceException =>
  new ServiceException('ExpiredCodeException', 'Invalid code provided, please request a code again.');
const codeMismatch = (): ServiceException =>
  new ServiceException('CodeMismatchException', 'Invalid verification code provided, please try again.');

export function createCodes(random: Random, now: () => number): Codes {
  const outbox: OutboxMessage[] = [];
  const issued = new Map<string, IssuedCode>();
  const keyOf = (purpose: ConfirmationPurpose, username: string, attribute: string | undefined) =>
    JSON.stringify([purpose, username, purpose === 'VerifyUserAttribute' ? attribute : undefined]);

  const send: Codes['send'] = (purpose, username, { to, medium }, digits = DIGITS) => {
    const code = random.digits(digits);
    outbox.push({ to, medium, purpose, code, username, at: now() });
    if (outbox.length > OUTBOX_LIMIT) outbox.shift();
    return { code };
  };
  return {
    outbox,
    send,
    issue: (purpose, username, { to, medium }) => {
      const { code } = send(purpose, username, { to, medium });
      const attribute = ATTRIBUTE_OF[medium];
      issued.set(keyOf(purpose, username, attribute), {
        code,
        to,
        medium,
        expires: now() + LIFETIME_MS[purpose],
      });
      return deliveryDetails({ to, medium });
    },
    confirm: (purpose, username, code, attribute) => {
      const key = keyOf(purpose, username, attribute);
      const entry = issued.get(key);
      if (!entry || now() >= entry.expires) throw codeExpired();
      if (entry.code !== code) throw codeMismatch();
      return { to: entry.to, medium: entry.medium, spend: () => void issued.delete(key) };
    },
  };
}

export const deliveryDetails = ({ to, medium }: Destination): CodeDeliveryDetails => ({
  Destination: maskDestination(to),
  DeliveryMedium: medium,
  AttributeName: ATTRIBUTE_OF[medium],
});

/** `j***@g***`, `+*******1234`. */
export function maskDestination(to: string): string {
  const [name = '', domain] = to.split('@');
  if (domain !== undefined) return `${name.slice(0, 1)}***@${domain.slice(0, 1)}***`;
  return `+${'*'.repeat(Math.max(0, to.length - 5))}${to.slice(-4)}`;
}

/** What a hidden user's reply shows: made of the name that was typed, so it is always the same. */
export const simulatedDestination = (typed: string): Destination => ({
  to: typed.includes('@') ? typed : `${typed}@${typed}`,
  medium: 'EMAIL',
});

/** Codes by text message and e-mail. The pool makes them, puts them in its outbox, and checks them. */
import { type Collection, createCollection } from '../store/collection.ts';
import type { SubOf } from './bound-store.ts';
import type { Random } from './randomness.ts';
import { ServiceException } from './service-exception.ts';

/** How a code is sent: AWS's DeliveryMediumType. */
export type Medium = 'SMS' | 'EMAIL';

/** The operation or the challenge that accepts the code. `AdminCreateUser` sends a temporary password. */
export type CodePurpose =
  | 'ConfirmSignUp'
  | 'ConfirmForgotPassword'
  | 'VerifyUserAttribute'
  | 'AdminCreateUser'
  | 'SMS_MFA'
  | 'EMAIL_OTP'
  | 'SMS_OTP';

/** A message that a service would have sent to a phone or a mailbox. */
export interface OutboxMessage {
  /** The phone number or the e-mail address. */
  readonly to: string;
  readonly medium: Medium;
  readonly purpose: CodePurpose;
  /**
   * 6 decimal digits, or 8 if the code is a first factor. For `AdminCreateUser` the temporary password, which is empty if the user
   * has none.
   */
  readonly code: string;
  /** The subject of an e-mail. Undefined for a text message. */
  readonly subject: string | undefined;
  /** The text as the user gets it: that of CustomMessage, or of the pool's settings. It holds the code. */
  readonly body: string;
  /** The canonical name of the user. */
  readonly username: string;
  /** Milliseconds since the epoch, by the pool's clock. */
  readonly at: number;
}

/** Where a code is sent. */
export interface Destination {
  readonly to: string;
  readonly medium: Medium;
}

/** AWS's CodeDeliveryDetailsType. */
export interface CodeDeliveryDetails {
  readonly Destination: string;
  readonly DeliveryMedium: Medium;
  readonly AttributeName: string;
}

export const ATTRIBUTE_OF = { EMAIL: 'email', SMS: 'phone_number' } as const;

const HOUR_MS = 3_600_000;
/** The lifetimes in the developer guide. A code that answers a challenge is valid as long as its Session. */
const LIFETIME_MS = {
  ConfirmSignUp: 24 * HOUR_MS,
  ConfirmForgotPassword: HOUR_MS,
  VerifyUserAttribute: 24 * HOUR_MS,
} as const;

/** The purposes of codes that an operation accepts. There is one valid code for each user and purpose. */
export type ConfirmationPurpose = keyof typeof LIFETIME_MS;

const DIGITS = 6;
/** A pool that runs for days must not keep every message, so the oldest are removed. */
const OUTBOX_LIMIT = 1000;

export interface Codes {
  /** The last 1000 messages, the newest last. */
  readonly outbox: readonly OutboxMessage[];
  /** Makes a code. Default 6 digits. */
  readonly make: (digits?: number) => string;
  /** Puts a message in the outbox. */
  readonly deliver: (message: Omit<OutboxMessage, 'at'>) => void;
  /** Keeps a code for `confirm`. The code before it is no longer valid. */
  readonly keep: (
    purpose: ConfirmationPurpose,
    username: string,
    destination: Destination,
    code: string,
  ) => void;
  /**
   * Checks a code that was issued.
   *
   * @param attribute the attribute that the code confirms, for VerifyUserAttribute
   * @returns where it was sent, and a function that makes it invalid
   * @throws ServiceException ExpiredCodeException, CodeMismatchException
   */
  readonly confirm: (
    purpose: ConfirmationPurpose,
    username: string,
    code: string,
    attribute?: string,
  ) => Destination & { readonly spend: () => void };
  /** Removes the codes that have expired. An expired code is refused like one that was never issued. */
  readonly sweep: () => void;
}

/** A code that waits for `confirm`. */
export interface IssuedCode extends Destination {
  readonly purpose: ConfirmationPurpose;
  /** The canonical name of the user. */
  readonly username: string;
  /** The user whom it was sent to. Another user with the same name cannot use the code. */
  readonly sub: string | undefined;
  readonly code: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/** The key of a code in its collection. */
export const codeKey = ({
  purpose,
  username,
  medium,
}: Pick<IssuedCode, 'purpose' | 'username' | 'medium'>): string =>
  keyFor(purpose, username, ATTRIBUTE_OF[medium]);

const keyFor = (purpose: ConfirmationPurpose, username: string, attribute: string | undefined) =>
  JSON.stringify([purpose, username, purpose === 'VerifyUserAttribute' ? attribute : undefined]);

export const codeExpired = (): ServiceException =>
  new ServiceException('ExpiredCodeException', 'Invalid code provided, please request a code again.');
const codeMismatch = (): ServiceException =>
  new ServiceException('CodeMismatchException', 'Invalid verification code provided, please try again.');

/** @param issued the codes that wait for `confirm`, by `codeKey` */
export function createCodes(
  random: Random,
  now: () => number,
  subOf: SubOf,
  issued: Collection<IssuedCode> = createCollection('codes'),
): Codes {
  const outbox: OutboxMessage[] = [];

  return {
    outbox,
    make: (digits = DIGITS) => random.digits(digits),
    deliver: (message) => {
      outbox.push({ ...message, at: now() });
      if (outbox.length > OUTBOX_LIMIT) outbox.shift();
    },
    keep: (purpose, username, { to, medium }, code) => {
      const sub = subOf(username);
      const entry = { purpose, username, sub, code, to, medium, expires: now() + LIFETIME_MS[purpose] };
      issued.put(codeKey(entry), entry);
    },
    confirm: (purpose, username, code, attribute) => {
      const key = keyFor(purpose, username, attribute);
      const entry = issued.get(key);
      if (!entry || entry.sub !== subOf(username) || now() >= entry.expires) throw codeExpired();
      if (entry.code !== code) throw codeMismatch();
      return { to: entry.to, medium: entry.medium, spend: () => void issued.delete(key) };
    },
    sweep: () => {
      const expired = [...issued.values()].filter(({ expires }) => now() >= expires);
      for (const entry of expired) issued.delete(codeKey(entry));
    },
  };
}

export const deliveryDetails = ({ to, medium }: Destination): CodeDeliveryDetails => ({
  Destination: maskDestination(to),
  DeliveryMedium: medium,
  AttributeName: ATTRIBUTE_OF[medium],
});

/** Hides most of an address: `j***@g***`, `+*******1234`. */
export function maskDestination(to: string): string {
  const [name = '', domain] = to.split('@');
  if (domain !== undefined) return `${name.slice(0, 1)}***@${domain.slice(0, 1)}***`;
  return `+${'*'.repeat(Math.max(0, to.length - 5))}${to.slice(-4)}`;
}

/** Makes up the address that is shown for a user who does not exist. The same name always has the same address. */
export const simulatedDestination = (typed: string): Destination => ({
  to: typed.includes('@') ? typed : `${typed}@${typed}`,
  medium: 'EMAIL',
});

/** The password policy: which passwords the pool accepts, and the service's texts for the others. */
import type { PasswordPolicyType } from '../model/types.generated.ts';
import type { Random } from './randomness.ts';
import { ServiceException } from './service-exception.ts';

const DEFAULT_MINIMUM_LENGTH = 8;

/** The symbols of the developer guide, which counts inner spaces among them. Letters are those of Basic Latin. */
const SYMBOLS = '^$*.[]{}()?"!@#%&/\\,><\':;|_~`=+- ';

interface KindRule {
  readonly rule: keyof PasswordPolicyType;
  readonly characters: string;
  readonly refusal: string;
}

/** Captured: the length is checked first. The order of the others is not known. */
const KINDS: readonly KindRule[] = [
  {
    rule: 'RequireLowercase',
    characters: 'abcdefghijklmnopqrstuvwxyz',
    refusal: 'Password must have lowercase characters',
  },
  {
    rule: 'RequireUppercase',
    characters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    refusal: 'Password must have uppercase characters',
  },
  { rule: 'RequireNumbers', characters: '0123456789', refusal: 'Password must have numeric characters' },
  { rule: 'RequireSymbols', characters: SYMBOLS, refusal: 'Password must have symbol characters' },
];

/** How the text of a refusal begins. SignUp and AdminCreateUser have other wordings than the other operations. */
export const POLICY_REFUSAL = {
  signUp: 'Password did not conform with policy: ',
  adminCreateUser: 'Password did not conform with password policy: ',
  otherwise: 'Password does not conform to policy: ',
} as const;

const minimumLength = ({ MinimumLength = DEFAULT_MINIMUM_LENGTH }: PasswordPolicyType) => MinimumLength;

/** @throws ServiceException InvalidPasswordException, which names the first rule that the password breaks */
export function assertPolicy(
  policy: PasswordPolicyType,
  password: string,
  refusal: string = POLICY_REFUSAL.otherwise,
): void {
  // A space at either end is no symbol
  const inner = [...password.trim()];
  const broken =
    [...password].length < minimumLength(policy)
      ? 'Password not long enough'
      : KINDS.find(
          ({ rule, characters }) => policy[rule] === true && !inner.some((one) => characters.includes(one)),
        )?.refusal;
  if (broken !== undefined) throw new ServiceException('InvalidPasswordException', refusal + broken);
}

/**
 * Makes a temporary password that fits every policy of its length. One was seen that has 8 characters of all four kinds. The
 * service's alphabet is not known; here it has no space, which nobody could see in a message.
 */
export function makePassword(policy: PasswordPolicyType, random: Random): string {
  const kinds = KINDS.map(({ characters }) => characters.trim());
  const length = Math.max(DEFAULT_MINIMUM_LENGTH, minimumLength(policy));
  const alphabet = kinds.join('');
  const pick = (characters: string) => characters[Number(random.digits(6)) % characters.length] ?? '';
  const rest = Array.from({ length: length - kinds.length }, () => pick(alphabet));
  // The places of the first four are no secret, because the others are random
  return [...kinds.map(pick), ...rest].join('');
}

const DEFAULT_TEMPORARY_DAYS = 7;
const DAY_MS = 86_400_000;

/** How long a temporary password is valid, in milliseconds. An emulator takes 0 as the default. */
export const temporaryPasswordMs = ({ TemporaryPasswordValidityDays: days }: PasswordPolicyType): number =>
  (days || DEFAULT_TEMPORARY_DAYS) * DAY_MS;

/** The password policy: which passwords the pool accepts, and the service's texts for the others. */
import { ServiceException } from './service-exception.ts';

/** Which passwords the pool accepts: AWS's PasswordPolicyType. */
export interface PasswordPolicy {
  /** In characters, 6 to 99. Default 8. */
  readonly minimumLength?: number;
  /** Default false. */
  readonly requireUppercase?: boolean;
  /** Default false. */
  readonly requireLowercase?: boolean;
  /** Default false. */
  readonly requireNumbers?: boolean;
  /** Default false. */
  readonly requireSymbols?: boolean;
}

const DEFAULT_MINIMUM_LENGTH = 8;

const KINDS: readonly (readonly [rule: keyof PasswordPolicy, pattern: RegExp, refusal: string])[] = [
  ['requireLowercase', /[a-z]/, 'Password must have lowercase characters'],
  ['requireUppercase', /[A-Z]/, 'Password must have uppercase characters'],
  ['requireNumbers', /[0-9]/, 'Password must have numeric characters'],
  ['requireSymbols', /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+ -]/, 'Password must have symbol characters'],
];

/** How the text of a refusal begins. SignUp has another wording than the other operations. */
export const POLICY_REFUSAL = {
  signUp: 'Password did not conform with policy: ',
  otherwise: 'Password does not conform to policy: ',
} as const;

/** @throws ServiceException InvalidPasswordException, which names the first rule that the password breaks */
export function assertPolicy(
  policy: PasswordPolicy,
  password: string,
  refusal: string = POLICY_REFUSAL.otherwise,
): void {
  const broken =
    [...password].length < (policy.minimumLength ?? DEFAULT_MINIMUM_LENGTH)
      ? 'Password not long enough'
      : KINDS.find(([rule, pattern]) => policy[rule] === true && !pattern.test(password))?.[2];
  if (broken !== undefined) throw new ServiceException('InvalidPasswordException', refusal + broken);
}

/** Which passwords the pool takes, and the service's words for the others. */
import { ServiceException } from './service-exception.ts';

/** AWS's PasswordPolicyType. */
export interface PasswordPolicy {
  /** 6 to 99. Default 8. */
  readonly minimumLength?: number;
  readonly requireUppercase?: boolean;
  readonly requireLowercase?: boolean;
  readonly requireNumbers?: boolean;
  readonly requireSymbols?: boolean;
}

const DEFAULT_MINIMUM_LENGTH = 8;

const KINDS: readonly (readonly [rule: keyof PasswordPolicy, pattern: RegExp, refusal: string])[] = [
  ['requireLowercase', /[a-z]/, 'Password must have lowercase characters'],
  ['requireUppercase', /[A-Z]/, 'Password must have uppercase characters'],
  ['requireNumbers', /[0-9]/, 'Password must have numeric characters'],
  ['requireSymbols', /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+ -]/, 'Password must have symbol characters'],
];

/** How an operation begins its refusal: they do not agree. */
export const POLICY_REFUSAL = {
  signUp: 'Password did not conform with policy: ',
  otherwise: 'Password does not conform to policy: ',
} as const;

/** @throws ServiceException InvalidPasswordException, with the first rule that is broken */
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

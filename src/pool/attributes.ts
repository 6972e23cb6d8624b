/** Attributes that users may not write. */
import { notAuthorized } from './service-exception.ts';

/** The pool writes these itself. */
const READ_ONLY: readonly string[] = ['sub', 'email_verified', 'phone_number_verified'];

/** Claims of this prefix are the service's own: `cognito:username`, `cognito:groups`. */
const RESERVED = /^cognito:/;

/** @throws ServiceException NotAuthorizedException */
export function assertWritable(attributes: Readonly<Record<string, string>>): void {
  assertWritableNames(Object.keys(attributes));
}

/** @throws ServiceException NotAuthorizedException */
export function assertWritableNames(names: readonly string[]): void {
  if (names.some((name) => READ_ONLY.includes(name) || RESERVED.test(name))) {
    throw notAuthorized('A client attempted to write unauthorized attribute');
  }
}

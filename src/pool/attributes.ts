/** Checks that users write only attributes they may write. */
import { notAuthorized } from './service-exception.ts';

/** Only the pool writes these. */
const READ_ONLY: readonly string[] = ['sub', 'email_verified', 'phone_number_verified'];

/** Claims with this prefix belong to the service: `cognito:username`, `cognito:groups`. */
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

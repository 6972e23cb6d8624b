/** Refusals that look like a known one and mean something else. */

/** Exceptions that are known by the begin of their names, such as WebAuthnNotEnabledException. */
const KNOWN_BY_BEGIN =
  /^(WebAuthn|Internal|ServiceUnavailable|TooManyRequests|Invalid(UserPool|SmsRole|EmailRole)|UserPoolAddOn|MissingAuthentication|AccessDenied|ExpiredToken|\w+(Client|Signature))/;
/** Exceptions with many meanings, which the begin of the text tells apart. */
const MANY_MEANINGS = /^(NotAuthorized|InvalidParameter|ResourceNotFound|ExpiredCode)/;
/** Meanings of these exceptions that words in the middle of the text tell, or the exception alone. */
const NOT_BY_BEGIN_OF_TEXT = [
  'FLOW_NOT_ENABLED',
  'ATTRIBUTE_IMMUTABLE',
  'PARAMETER_REFUSED',
  'CODE_EXPIRED',
  'REFUSED',
];

/** Exceptions that nobody knows, although their names end or begin as this one. */
export const exceptionsLike = (exception: string): readonly string[] => [
  `Other${exception}`,
  ...(KNOWN_BY_BEGIN.test(exception) ? [] : [exception.replace('Exception', 'OtherException')]),
];

/** Whether the exception has this code only if its text begins as a known one. */
export const isKnownByBeginOfText = (exception: string, code: string): boolean =>
  MANY_MEANINGS.test(exception) && !NOT_BY_BEGIN_OF_TEXT.includes(code);

/** Turns errors into what the user can do about them, because the service's own texts are for developers. */
import type { Recovery } from 'cognito-srp-engine';
import { ArgumentError, ProtocolError, ServiceError } from 'cognito-srp-engine';
import {
  type FieldName,
  fieldOfError,
  type Texts,
  textOfError,
  textOfPasskeyError,
} from 'cognito-srp-engine/texts';

export interface Explanation {
  readonly text: string;
  /** The field that the text is about. */
  readonly field?: FieldName | undefined;
  readonly recovery?: Recovery | undefined;
}

/** The browser refused a passkey. Its error is wrapped, because the same names mean other things elsewhere. */
export class PasskeyError extends Error {
  constructor(cause: unknown) {
    super('The browser gave no passkey', { cause });
  }
}

/** An error of the page itself. Its message is shown to the user. */
export class PageError extends Error {}

/** Documented: the service's own page shows what a trigger says. The service puts the name of the trigger before it. */
const textOfTrigger = (error: unknown): string | undefined =>
  error instanceof ServiceError && error.code === 'TRIGGER_REFUSED'
    ? / failed with error (.+)$/s.exec(error.message)?.[1]
    : undefined;

export function explain(error: unknown, texts: Texts): Explanation {
  if (error instanceof PageError) return { text: error.message };
  if (error instanceof PasskeyError) return { text: textOfPasskeyError(error.cause, texts) };
  const recovery =
    error instanceof ProtocolError || error instanceof ServiceError ? error.recovery : undefined;
  const isOurs = recovery !== undefined || error instanceof ArgumentError;
  const text = textOfTrigger(error) ?? textOfError(error, texts);
  return { text, ...(isOurs && { field: fieldOfError(error), recovery }) };
}

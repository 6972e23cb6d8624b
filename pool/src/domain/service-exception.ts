/** Refusals: the exceptions of the service, their texts and their HTTP statuses. */

/** A refusal: the name of an exception of the service, and its text. */
export class ServiceException extends Error {
  override readonly name: string;
  /** The message that is sent. Undefined is a refusal without a message, as the service sometimes sends one. */
  readonly text: string | undefined;
  /** Why, for the log of the pool. It is never sent, because the service does not tell refusals of a proof apart. */
  readonly reason: string | undefined;

  constructor(name: string, text: string | undefined, reason?: string) {
    super(text);
    this.name = name;
    this.text = text;
    this.reason = reason;
  }
}

export const notAuthorized = (text: string | undefined, reason?: string): ServiceException =>
  new ServiceException('NotAuthorizedException', text, reason);
export const invalidParameter = (text: string): ServiceException =>
  new ServiceException('InvalidParameterException', text);
export const incorrectUsernameOrPassword = (reason?: string): ServiceException =>
  notAuthorized('Incorrect username or password.', reason);
export const userDoesNotExist = (): ServiceException =>
  new ServiceException('UserNotFoundException', 'User does not exist.');
/** The refusal of a wrong code, and of a challenge that the session does not wait for. */
export const wrongAnswer = (): ServiceException =>
  new ServiceException('CodeMismatchException', 'Invalid code or auth state for the user.');

/** The exceptions whose HTTP status is not 400. */
const STATUS: Readonly<Record<string, number>> = {
  ForbiddenException: 403,
  InternalErrorException: 500,
};

/** The statuses in AWS's model (smithy.api#httpError). The service sends 400 for them. */
const MODELLED_STATUS: Readonly<Record<string, number>> = {
  NotAuthorizedException: 403,
  ResourceNotFoundException: 404,
  TooManyRequestsException: 429,
  UnauthorizedException: 401,
  UserNotFoundException: 404,
};

export function statusOf({ name }: ServiceException, modelled: boolean): number {
  return STATUS[name] ?? (modelled ? MODELLED_STATUS[name] : undefined) ?? 400;
}

/** How the pool refuses: the service's exception name and its text. */
export class ServiceException extends Error {
  override readonly name: string;
  /** What goes over the wire; undefined is an error without a message, as the service sometimes sends. */
  readonly text: string | undefined;

  constructor(name: string, text: string | undefined) {
    super(text);
    this.name = name;
    this.text = text;
  }
}

export const notAuthorized = (text: string | undefined): ServiceException =>
  new ServiceException('NotAuthorizedException', text);
export const invalidParameter = (text: string): ServiceException =>
  new ServiceException('InvalidParameterException', text);
export const incorrectUsernameOrPassword = (): ServiceException =>
  notAuthorized('Incorrect username or password.');
export const userDoesNotExist = (): ServiceException =>
  new ServiceException('UserNotFoundException', 'User does not exist.');
/** A code or a challenge name that is not what the session waits for. */
export const wrongAnswer = (): ServiceException =>
  new ServiceException('CodeMismatchException', 'Invalid code or auth state for the user.');

/** Exceptions that do not arrive as 400. */
const STATUS: Readonly<Record<string, number>> = {
  ForbiddenException: 403,
  InternalErrorException: 500,
};

/** AWS's model annotates these (smithy.api#httpError); on the wire they are 400. */
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

/** Answers the operations of the service, which come in AWS's JSON 1.1 protocol. */
import { ServiceException } from '../domain/service-exception.ts';
import { isOperationName } from '../model/operation-names.ts';
import type { OperationName } from '../model/types.generated.ts';
import { OPERATIONS } from '../operations/index.generated.ts';
import type { Operation } from '../operations/operation.ts';
import { poolOfSession, type Service } from '../service/service.ts';
import { mayAdminister } from './hosts.ts';
import { refuse, respond } from './replies.ts';
import type { RequestNotes } from './request-log.ts';
import { checkSignatureForm } from './signature.ts';

const TARGET = 'AWSCognitoIdentityProviderService.';

/** @throws ConnectionReset if a fault drops the connection */
export function answerOperation(
  service: Service,
  request: Request,
  notes: RequestNotes,
  allowed: readonly string[],
): Promise<Response> {
  return answerOrRefuse(service, request, notes, async () => {
    const name = readTarget(request);
    const operation = operationOf(name);
    if (operation.access === 'iam' && !mayAdminister(request, allowed)) {
      throw new ServiceException(
        'ForbiddenException',
        'A page of another site cannot administer the local pool.',
      );
    }
    const input = await readInput(request);
    notes.operation(name, input);
    const loseSession = (session: string) => poolOfSession(service, session)?.sessions.drop(session);
    return withFaults(service, request, { name, input, loseSession }, (now) =>
      answer({ ...service, now }, request, notes, operation, input),
    );
  });
}

interface FaultyCall {
  readonly name: OperationName;
  readonly input: Readonly<Record<string, unknown>>;
  /** Forgets a session, as a fault may ask for. */
  readonly loseSession: (session: string) => void;
}

/**
 * Runs an operation with the faults that are set for it.
 *
 * @throws ConnectionReset if a fault drops the connection
 */
export function withFaults(
  service: Service,
  request: Request,
  { name, input: { ChallengeName, Session }, loseSession }: FaultyCall,
  run: (now: () => number) => Promise<Response>,
): Promise<Response> {
  return service.faults.around(
    { operation: name, challengeName: typeof ChallengeName === 'string' ? ChallengeName : undefined },
    {
      signal: request.signal,
      now: service.now,
      loseSession: () => {
        if (typeof Session === 'string') loseSession(Session);
      },
    },
    run,
  );
}

/** @throws ServiceException UnknownOperationException */
export function readTarget(request: Request): OperationName {
  const target = request.headers.get('x-amz-target') ?? '';
  const name = target.startsWith(TARGET) ? target.slice(TARGET.length) : '';
  if (!isOperationName(name)) throw new ServiceException('UnknownOperationException', undefined);
  return name;
}

/** @throws ServiceException UnknownOperationException, with a text that names the operation */
function operationOf(name: OperationName): Operation {
  const operation = OPERATIONS[name];
  if (operation) return operation;
  throw new ServiceException(
    'UnknownOperationException',
    `The local pool does not have the operation ${name}.`,
  );
}

/** @throws ServiceException SerializationException */
export async function readInput(request: Request): Promise<Readonly<Record<string, unknown>>> {
  let input: unknown;
  try {
    input = JSON.parse(await request.text());
  } catch {
    throw new ServiceException('SerializationException', undefined);
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new ServiceException('SerializationException', undefined);
  }
  // It is neither null nor an array, so its members can be read by name
  return input as Readonly<Record<string, unknown>>;
}

function answer(
  service: Service,
  request: Request,
  notes: RequestNotes,
  operation: Operation,
  input: Readonly<Record<string, unknown>>,
): Promise<Response> {
  return answerOrRefuse(service, request, notes, async () => {
    if (operation.access === 'iam') checkSignatureForm(request.headers);
    const call = { now: service.now, endpoint: new URL(request.url).origin, signal: request.signal };
    return respondOutput(service, request, await operation.answer(service, input, call));
  });
}

/** @param output undefined if AWS's model calls it Unit */
export function respondOutput(service: Service, request: Request, output: object | undefined): Response {
  const unit = service.replyForm.unitOutput === 'object' ? {} : undefined;
  const body = output ?? unit;
  return respond(service, request, { body: body && inAlphabet(body) });
}

/** Captured: the service writes the members of outputs in the order of the alphabet. Of maps this is not known. */
const inAlphabet = <Value>(value: Value): Value => {
  if (Array.isArray(value)) return value.map(inAlphabet) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, inAlphabet(member)] as const);
  return Object.fromEntries(members.sort(([one], [other]) => (one < other ? -1 : 1))) as Value;
};

export async function answerOrRefuse(
  service: Service,
  request: Request,
  notes: RequestNotes,
  run: () => Promise<Response>,
): Promise<Response> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ServiceException)) throw error;
    notes.refused(error);
    return refuse(service, request, error);
  }
}

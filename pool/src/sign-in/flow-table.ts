/** InitiateAuth and AdminInitiateAuth, with the table of flows that a sign-in can begin with. */
import { assertFlow, assertSecretHash, clientOf, type Parameters, required } from '../domain/admission.ts';
import { invalidParameter, ServiceException } from '../domain/service-exception.ts';
import type { AuthFlowType, Inputs } from '../model/types.generated.ts';
import type { Pool } from '../service/pool.ts';
import { admitUser } from './admit-user.ts';
import type { Reply, Start } from './attempt.ts';
import { startCustomAuth } from './custom-auth.ts';
import { afterPassword } from './next-step.ts';
import { passwordVerifierChallenge, verifyPassword } from './password-flows.ts';
import { isRefreshFlow, type RefreshFlow, startRefresh } from './refresh.ts';
import { NO_TRAIL, withDevice } from './trail.ts';
import { startUserAuth } from './user-auth.ts';

type Api = 'InitiateAuth' | 'AdminInitiateAuth';

interface Flow {
  readonly apis: readonly Api[];
  /** The ExplicitAuthFlows that enable the flow: today's name and AWS's older one. */
  readonly enabledBy: readonly string[];
  /** The service's text if the flow is off. */
  readonly notEnabled: string;
  /** The parameters that the flow must have, besides USERNAME. */
  readonly requires?: readonly string[] | ((parameters: Parameters) => readonly string[]);
  /** Whether UserMigration may bring the user along, by the PASSWORD. Documented: not in flows with SRP. */
  readonly migrates?: (parameters: Parameters) => boolean;
  readonly start: (start: Start) => Promise<Reply>;
}

const BOTH: readonly Api[] = ['InitiateAuth', 'AdminInitiateAuth'];

const startPassword: Flow['start'] = async ({ pool, client, parameters }) => {
  const user = await verifyPassword(pool, client, parameters);
  const trail = withDevice(pool, NO_TRAIL, user, parameters);
  return afterPassword({ pool, client, kind: 'USER_PASSWORD_AUTH', username: user.username, user, trail });
};

/**
 * The texts of `notEnabled` differ from flow to flow. That of USER_SRP_AUTH is reported by aws-samples/aws-serverless-workshops#277.
 * Several public clients compare that of CUSTOM_AUTH, and programs that call AdminInitiateAuth quote that of its flows.
 */
const FLOWS: Readonly<Record<Exclude<AuthFlowType, RefreshFlow>, Flow>> = {
  USER_SRP_AUTH: {
    apis: BOTH,
    enabledBy: ['ALLOW_USER_SRP_AUTH'],
    notEnabled: 'USER_SRP_AUTH is not enabled for the client.',
    requires: ['SRP_A'],
    start: async ({ pool, client, parameters }) =>
      passwordVerifierChallenge(pool, client, parameters, 'USER_SRP_AUTH'),
  },
  USER_PASSWORD_AUTH: {
    apis: ['InitiateAuth'],
    enabledBy: ['ALLOW_USER_PASSWORD_AUTH', 'USER_PASSWORD_AUTH'],
    notEnabled: 'USER_PASSWORD_AUTH flow not enabled for this client',
    requires: ['PASSWORD'],
    migrates: () => true,
    start: startPassword,
  },
  ADMIN_USER_PASSWORD_AUTH: {
    apis: ['AdminInitiateAuth'],
    enabledBy: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'],
    notEnabled: 'Auth flow not enabled for this client',
    requires: ['PASSWORD'],
    migrates: () => true,
    start: startPassword,
  },
  ADMIN_NO_SRP_AUTH: {
    apis: ['AdminInitiateAuth'],
    enabledBy: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'],
    notEnabled: 'Auth flow not enabled for this client',
    requires: ['PASSWORD'],
    migrates: () => true,
    start: startPassword,
  },
  CUSTOM_AUTH: {
    apis: BOTH,
    enabledBy: ['ALLOW_CUSTOM_AUTH', 'CUSTOM_AUTH_FLOW_ONLY'],
    notEnabled: 'CUSTOM_AUTH is not enabled for the client.',
    requires: (parameters) => (parameters['CHALLENGE_NAME'] === 'SRP_A' ? ['SRP_A'] : []),
    start: startCustomAuth,
  },
  USER_AUTH: {
    apis: BOTH,
    enabledBy: ['ALLOW_USER_AUTH'],
    // Not reported. It is worded as that of USER_PASSWORD_AUTH.
    notEnabled: 'USER_AUTH flow not enabled for this client',
    // Inferred: the guide names the flows that send the password, and this one may
    migrates: (parameters) => parameters['PREFERRED_CHALLENGE'] === 'PASSWORD',
    start: startUserAuth,
  },
};

export const initiateAuth = (pool: Pool, input: Inputs['InitiateAuth']): Promise<Reply> =>
  start(pool, input, 'InitiateAuth');

export async function adminInitiateAuth(pool: Pool, input: Inputs['InitiateAuth']): Promise<Reply> {
  const { ClientId: clientId } = input;
  if (!pool.clients.get(clientId)) {
    const text = `User pool client ${clientId} does not exist in user pool ${pool.userPoolId}.`;
    throw new ServiceException('ResourceNotFoundException', text);
  }
  return start(pool, input, 'AdminInitiateAuth');
}

async function start(pool: Pool, input: Inputs['InitiateAuth'], api: Api): Promise<Reply> {
  const { AuthFlow: name, AuthParameters: parameters, Session: session } = input;
  const client = clientOf(pool, input.ClientId);
  if (isRefreshFlow(name)) return startRefresh({ pool, client, parameters });
  const flow = FLOWS[name];
  if (!flow.apis.includes(api)) throw invalidParameter('Initiate Auth method not supported.');
  assertFlow(client, flow.enabledBy, flow.notEnabled);
  const username = required(parameters, 'USERNAME');
  const { requires = [] } = flow;
  for (const each of typeof requires === 'function' ? requires(parameters) : requires)
    required(parameters, each);
  assertSecretHash(client, username, parameters['SECRET_HASH']);
  await admitUser(pool, client, {
    name: username,
    password: flow.migrates?.(parameters) ? parameters['PASSWORD'] : undefined,
    validationData: input.ClientMetadata,
  });
  return flow.start({ pool, client, parameters, session });
}

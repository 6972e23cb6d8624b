/** Calls that change something of each kind that a pool has. */

import { generateEphemeral } from '../../../src/srp/index.ts';
import type { OperationName } from '../../src/index.ts';
import type { Input } from './world.ts';

/** What changes, by which operation, and the members of the input besides those that are required. */
export const CHANGES: readonly (readonly [what: string, operation: OperationName, members: Input])[] = [
  ['the settings', 'TagResource', { Tags: { stage: 'test' } }],
  ['a client', 'UpdateUserPoolClient', { AuthSessionValidity: 5 }],
  ['a user', 'AdminUpdateUserAttributes', { UserAttributes: [{ Name: 'name', Value: 'Alice' }] }],
  [
    'a user’s failures',
    'InitiateAuth',
    { AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'alice', PASSWORD: 'Wrong-Horse-9' } },
  ],
  ['a user’s unverified app', 'AssociateSoftwareToken', { Session: undefined }],
  ['a group', 'UpdateGroup', { Description: 'They write' }],
  ['a document', 'UpdateResourceServer', { Name: 'orders' }],
  ['a grant', 'GlobalSignOut', {}],
  ['a code', 'ForgotPassword', {}],
  ['a session', 'InitiateAuth', { AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME: 'alice' } }],
  [
    'a challenge',
    'InitiateAuth',
    {
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: { USERNAME: 'alice', SRP_A: generateEphemeral().SRP_A },
    },
  ],
  ['a passkey’s challenge', 'StartWebAuthnRegistration', {}],
  ['the pools', 'CreateUserPool', {}],
];

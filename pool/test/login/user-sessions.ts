/** A pool that tracks sessions, the browsers that sign in to it on the page of managed login, and what is listed of them. */
import { sendRequest } from '../../../test/support/pool-calls.ts';
import type { UserPoolOptions } from '../../src/index.ts';
import { SIGNED } from '../admin-calls.ts';
import { outputMistakes } from '../model/output-mistakes.ts';
import { CALLBACK, codeIn, createWorld, PASSWORD, type Texts } from './page.ts';

export interface Session {
  readonly SessionId: string;
  readonly SessionType: 'TOKEN' | 'SSO';
  readonly ClientId: string;
  readonly CreateDate: number;
  readonly LastActiveDate: number;
  readonly OriginSessionId?: string;
  readonly IsCurrentSession?: boolean;
}

/** Makes the pool, with the apps of the page. Its user is alice. */
export function createSessions(options: UserPoolOptions = {}) {
  const world = createWorld({ userSessionTracking: true, ...options });
  const { pool, open, fetch, exchange, api } = world;
  /** Calls as an administrator, and checks by AWS's model what is answered. */
  const admin = async (operation: string, input: object) => {
    const named = { UserPoolId: pool.userPoolId, ...input };
    const response = await sendRequest(pool, operation, named, SIGNED);
    const body = JSON.parse((await response.text()) || '{}') as object;
    if (response.status === 200) expect(outputMistakes(operation, body)).toEqual([]);
    return { status: response.status, ...body } as Readonly<Record<string, unknown>>;
  };
  /** Signs a new browser in on the page. Returns the cookie of its session, and the code for the app. */
  const signIn = async () => {
    const page = await open();
    const done = await page.finish((await page.signIn()).Session);
    const [cookie = ''] = (done.headers.get('set-cookie') ?? '').split(';');
    return { cookie, code: codeIn(done) };
  };
  /** Where /oauth2/authorize sends the browser. */
  const authorize = async (cookie: string, clientId = 'web', fields: Texts = {}) => {
    const query = { client_id: clientId, response_type: 'code', redirect_uri: CALLBACK, ...fields };
    const response = await fetch(`/oauth2/authorize?${new URLSearchParams(query)}`, { headers: { cookie } });
    return new URL(response.headers.get('location') ?? '', 'http://localhost:9229');
  };
  const tokensFor = async (code: string, clientId = 'web') => {
    const { access_token, refresh_token } = await exchange(code, clientId);
    return { accessToken: String(access_token), refreshToken: String(refresh_token) };
  };
  /** The tokens that an app gets through the session of the browser, without the page. */
  const silently = async (cookie: string, clientId = 'web') =>
    tokensFor((await authorize(cookie, clientId)).searchParams.get('code') ?? 'none', clientId);
  /** Signs in by the API. Returns the access token. */
  const byApi = async () => {
    const reply = await api('InitiateAuth', {
      ClientId: 'public',
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'alice', PASSWORD },
    });
    return String(Object(reply['AuthenticationResult'])['AccessToken']);
  };
  const list = async () =>
    (await admin('AdminListUserSessions', { Username: 'alice' }))['Sessions'] as readonly Session[];
  const ofType = async (type: Session['SessionType']) =>
    (await list()).filter(({ SessionType }) => SessionType === type);
  return {
    ...world,
    admin,
    signIn,
    authorize,
    tokensFor,
    silently,
    byApi,
    list,
    ofType,
    /** Whether the browser gets a code without the page. */
    isSignedIn: async (cookie: string) => (await authorize(cookie)).searchParams.has('code'),
    isValid: async (AccessToken: string) => (await api('GetUser', { AccessToken })).status === 200,
    track: (UserSessionTracking: 'ENABLED' | 'DISABLED', MaxPerUser = 20) =>
      admin('SetUserPoolSessionConfiguration', { UserSessionTracking, TokenSession: { MaxPerUser } }),
  };
}

export type Sessions = ReturnType<typeof createSessions>;

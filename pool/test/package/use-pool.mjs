/**
 * What every runtime and test harness has to be able to do with the pool. It imports nothing, because it is copied into
 * programs that import the pool in different ways.
 */

/** What `usePool` returns where all is well, apart from `listens`. */
export const EXPECTED = {
  userPoolId: 'us-east-1_LocalPool',
  tokens: 'AccessToken ExpiresIn IdToken RefreshToken TokenType',
  refused: 'NotAuthorizedException',
  keys: 2,
  relyingParty: 'localhost',
};

/**
 * @param createUserPool of the package
 * @returns what the pool did. `listens` is the status of a reply on a port, or why there is no port
 */
export async function usePool(createUserPool) {
  const password = 'Correct-Horse-9';
  const pool = createUserPool({
    users: [{ username: 'alice', password }],
    relyingPartyId: 'localhost',
    // The bytes are of the realm of this program, and not of the pool's
    rng: (length) => crypto.getRandomValues(new Uint8Array(length)),
  });
  const call = async (operation, input) => {
    const response = await pool.fetch('http://localhost/', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-amz-json-1.1',
        'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: JSON.stringify(input),
      signal: new AbortController().signal,
    });
    return response.json();
  };
  const signIn = (typed) =>
    call('InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: 'web',
      AuthParameters: { USERNAME: 'alice', PASSWORD: typed },
    });
  const { AuthenticationResult: tokens } = await signIn(password);
  const { __type: refused } = await signIn('Wrong-Horse-9');
  const jwks = await (await pool.fetch('http://localhost/us-east-1_LocalPool/.well-known/jwks.json')).json();
  // The part that is loaded when it is first needed
  const registration = await call('StartWebAuthnRegistration', { AccessToken: tokens.AccessToken });
  return {
    userPoolId: pool.userPoolId,
    tokens: Object.keys(tokens).sort().join(' '),
    refused,
    keys: jwks.keys.length,
    relyingParty: registration.CredentialCreationOptions?.rp.id ?? registration,
    listens: await listenAndAsk(pool),
  };
}

async function listenAndAsk(pool) {
  let listening;
  try {
    listening = await pool.listen();
  } catch (error) {
    return error.message;
  }
  try {
    const http = globalThis.process.getBuiltinModule('node:http');
    return await new Promise((done, fail) => {
      const url = `${listening.endpoint}/us-east-1_LocalPool/.well-known/jwks.json`;
      http.get(url, (reply) => done(reply.resume().statusCode)).on('error', fail);
    });
  } finally {
    await listening.close();
  }
}

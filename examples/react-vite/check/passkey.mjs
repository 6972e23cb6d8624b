/** Gives a user a passkey in Chromium's virtual authenticator, as an application does after a sign-in. */
import { completePasskeyRegistration, startPasskeyRegistration } from 'cognito-srp-engine';

/**
 * @param page shows an address of the relying party, which is `localhost`
 * @param pool the served pool, which issues an access token
 * @param endpoint where the pool answers
 */
export async function addPasskey(page, pool, endpoint, username) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const client = { userPoolId: pool.userPoolId, clientId: pool.clientIds[0], endpoint };
  const { accessToken } = await pool.issueTokens(username);
  const creationOptions = await startPasskeyRegistration(client, { accessToken });
  const credential = await page.evaluate(async (json) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(json);
    return (await navigator.credentials.create({ publicKey })).toJSON();
  }, creationOptions);
  await completePasskeyRegistration(client, { accessToken, credential });
}

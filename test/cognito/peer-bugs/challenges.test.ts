/** Other clients get challenges in these orders wrong (see README.md). */
import {
  type AnswerTo,
  type Challenge,
  type ChallengeName,
  type ChallengeShapes,
  confirmNewDevice,
  parseChallenge,
  respond,
  signIn,
} from '../../../src/index.ts';
import {
  alice,
  challengeOf,
  client,
  device,
  devicePasswordVerifier,
  deviceSrpAuth,
  kept,
  localPool,
  PASSWORD,
  passwordVerifier,
  service,
  session,
  signedInOf,
  signedInReply,
} from './service.ts';

describe('challenges in any order', () => {
  test('DEVICE_SRP_AUTH after MFA carries the Session of the reply before', async () => {
    const played = service(deviceSrpAuth(session(2)), devicePasswordVerifier(session(3)), signedInReply());
    const step = await respond(client, kept('SMS_MFA'), { code: '123456' }, { ...played, device });
    expect(step.status).toBe('signed-in');
    expect(played.calls.map(({ input }) => [input.ChallengeName, input.Session])).toEqual([
      ['SMS_MFA', session(1)],
      ['DEVICE_SRP_AUTH', session(2)],
      ['DEVICE_PASSWORD_VERIFIER', session(3)],
    ]);
  });

  const answers: { readonly [Name in ChallengeName]: ChallengeShapes[Name]['answer'] } = {
    SMS_MFA: { code: '123456' },
    EMAIL_OTP: { code: '123456' },
    SMS_OTP: { code: '12345678' },
    SOFTWARE_TOKEN_MFA: { code: '123456' },
    SELECT_MFA_TYPE: { choice: 'SMS_MFA' },
    MFA_SETUP: { email: 'alice@example.com' },
    NEW_PASSWORD_REQUIRED: { newPassword: 'Another-Horse-9' },
    CUSTOM_CHALLENGE: { answer: 'open sesame' },
    SELECT_CHALLENGE: { choice: 'PASSWORD', password: PASSWORD },
    PASSWORD: { password: PASSWORD },
    PASSWORD_SRP: { password: PASSWORD },
    ADMIN_NO_SRP_AUTH: { password: PASSWORD },
    WEB_AUTHN: { credential: { id: 'aWQ', type: 'public-key', response: { clientDataJSON: 'e30' } } },
    UNKNOWN: { responses: { ANSWER: '42' } },
  };
  const shown = {
    NEW_PASSWORD_REQUIRED: { requiredAttributes: [], userAttributes: {} },
    UNKNOWN: { challengeName: 'BRAND_NEW' },
    WEB_AUTHN: { parameters: { CREDENTIAL_REQUEST_OPTIONS: '{"challenge":"AAAA"}' } },
  };
  const names = Object.keys(answers) as ChallengeName[];
  const answered = (name: ChallengeName, options: Parameters<typeof respond>[3]) =>
    respond(
      client,
      kept(name, shown[name as keyof typeof shown]),
      answers[name] as AnswerTo<Challenge>,
      options,
    );

  test.each(names)('DEVICE_SRP_AUTH is answered after %s', async (name) => {
    const played = service(deviceSrpAuth(session(2)), devicePasswordVerifier(session(3)), signedInReply());
    expect(await answered(name, { ...played, device })).toMatchObject({ status: 'signed-in' });
    expect(played.sessions()).toEqual([session(1), session(2), session(3)]);
  });

  test.each(['USER_PASSWORD_AUTH', 'CUSTOM_AUTH', 'USER_AUTH'] as const)(
    'DEVICE_SRP_AUTH is answered after InitiateAuth of %s',
    async (flow) => {
      const played = service(deviceSrpAuth(session(2)), devicePasswordVerifier(session(3)), signedInReply());
      const credentials =
        flow === 'USER_AUTH'
          ? { ...alice, flow, preferredChallenge: 'PASSWORD' as const }
          : { ...alice, flow };
      expect(await signIn(client, credentials, { ...played, device })).toMatchObject({ status: 'signed-in' });
      expect(played.operations()).toEqual([
        'InitiateAuth',
        'RespondToAuthChallenge',
        'RespondToAuthChallenge',
      ]);
    },
  );

  const next = {
    ChallengeName: 'CUSTOM_CHALLENGE',
    ChallengeParameters: { question: 'and the colour?' },
    Session: session(9),
  };
  test.each(names)('a challenge after %s is asked, not taken for tokens', async (name) => {
    const step = await answered(name, service(next));
    expect(challengeOf(step, 'CUSTOM_CHALLENGE')).toMatchObject({
      publicParameters: { question: 'and the colour?' },
      session: session(9),
    });
  });

  test('a challenge after VerifySoftwareToken is asked, not read as tokens', async () => {
    const verified = { Status: 'SUCCESS', Session: session(2) };
    const asked = await respond(client, kept('MFA_SETUP'), { code: '123456' }, service(verified, next));
    expect(challengeOf(asked, 'CUSTOM_CHALLENGE').session).toBe(session(9));
    const played = service(
      verified,
      deviceSrpAuth(session(3)),
      devicePasswordVerifier(session(4)),
      signedInReply(),
    );
    signedInOf(await respond(client, kept('MFA_SETUP'), { code: '123456' }, { ...played, device }));
    expect(played.sessions()).toEqual([session(1), session(2), session(3), session(4)]);
  });

  test('a challenge after the device’s proof is asked', async () => {
    const played = service(
      passwordVerifier(),
      deviceSrpAuth(session(2)),
      devicePasswordVerifier(session(3)),
      next,
    );
    challengeOf(await signIn(client, alice, { ...played, device }), 'CUSTOM_CHALLENGE');
  });

  test.each(['SMS_MFA', 'EMAIL_OTP', 'MFA_SETUP', 'BRAND_NEW'])(
    '%s as the first reply is asked',
    async (ChallengeName) => {
      const played = service({ ChallengeName, ChallengeParameters: {}, Session: session(1) });
      const step = await signIn(client, { flow: 'CUSTOM_AUTH', username: 'alice' }, played);
      if (step.status !== 'challenge') throw new Error('taken for tokens');
      expect(step.challenge.name).toBe(ChallengeName === 'BRAND_NEW' ? 'UNKNOWN' : ChallengeName);
    },
  );

  test('a new device that comes with MFA_SETUP is told, and can be confirmed', async () => {
    const NewDeviceMetadata = { DeviceKey: device.key, DeviceGroupKey: device.groupKey };
    const played = service(
      { Status: 'SUCCESS', Session: session(2) },
      signedInReply('alice', { NewDeviceMetadata }),
      { UserConfirmationNecessary: true },
    );
    const step = signedInOf(await respond(client, kept('MFA_SETUP'), { code: '123456' }, played));
    expect(step.newDevice).toEqual({ key: device.key, groupKey: device.groupKey });
    expect(await confirmNewDevice(client, step, {}, played)).toMatchObject({
      device: { key: device.key, groupKey: device.groupKey, username: 'alice' },
      userConfirmationNecessary: true,
    });
    expect(played.operations()).toEqual(['VerifySoftwareToken', 'RespondToAuthChallenge', 'ConfirmDevice']);
  });

  test('an authenticator’s code is sent under its own name alone', async () => {
    const played = service(signedInReply());
    await respond(client, kept('SOFTWARE_TOKEN_MFA'), { code: '123456' }, played);
    expect(played.responses('SOFTWARE_TOKEN_MFA')).toEqual({
      USERNAME: 'alice',
      SOFTWARE_TOKEN_MFA_CODE: '123456',
    });
  });

  test('the answer to MFA_SETUP is read by its field, not guessed from how it looks', async () => {
    const email = service(next);
    await respond(client, kept('MFA_SETUP'), { email: '123456' }, email);
    expect(email.operations()).toEqual(['RespondToAuthChallenge']);
    expect(email.responses('MFA_SETUP')).toMatchObject({ EMAIL: '123456' });
    const code = service({ Status: 'SUCCESS', Session: session(2) }, signedInReply());
    await respond(client, kept('MFA_SETUP'), { code: 'a@b' }, code);
    expect(code.calls[0]).toMatchObject({ operation: 'VerifySoftwareToken', input: { UserCode: 'a@b' } });
    expect(code.responses('MFA_SETUP')).toEqual({ USERNAME: 'alice' });
  });

  test('VerifySoftwareToken that answers 200 with Status ERROR is not taken for a success', async () => {
    const played = service({ Status: 'ERROR', Session: session(2) });
    await expect(respond(client, kept('MFA_SETUP'), { code: '123456' }, played)).rejects.toMatchObject({
      code: 'CODE_MISMATCH',
    });
    expect(played.operations()).toEqual(['VerifySoftwareToken']);
  });

  test('a code by e-mail after a new password is sent with the Session of the reply before', async () => {
    const user = {
      ...alice,
      status: 'FORCE_CHANGE_PASSWORD',
      attributes: { email: 'alice@example.com' },
    } as const;
    const { fetch, pool, sessions } = localPool({ users: [{ ...user, mfa: { email: true } }] });
    const step = await signIn(client, alice, { fetch });
    const newPassword = challengeOf(step, 'NEW_PASSWORD_REQUIRED');
    const asked = await respond(client, newPassword, { newPassword: 'Correct-Horse-10' }, { fetch });
    const code = pool.outbox.at(-1)?.code ?? '';
    const emailOtp = challengeOf(asked, 'EMAIL_OTP');
    signedInOf(await respond(client, emailOtp, { code }, { fetch }));
    expect(newPassword.session).not.toBe(emailOtp.session);
    expect(sessions().slice(-2)).toEqual([newPassword.session, emailOtp.session]);
  });

  test('a wrong MFA code does not end the sign-in', async () => {
    const { pool, fetch } = localPool({ users: [{ ...alice, mfa: { sms: '+15550000001' } }] });
    const challenge = challengeOf(await signIn(client, alice, { fetch }), 'SMS_MFA');
    await expect(respond(client, challenge, { code: '0' }, { fetch })).rejects.toMatchObject({
      code: 'CODE_MISMATCH',
      recovery: 'answer-again',
    });
    const code = pool.outbox[0]?.code ?? '';
    expect(await respond(client, challenge, { code }, { fetch })).toMatchObject({ status: 'signed-in' });
  });
});

describe('after a reload', () => {
  test('a challenge says what to show, and lives as long as the client’s AuthSessionValidity', async () => {
    let now = Date.UTC(2026, 8, 4, 12);
    const clock = () => now;
    const { fetch } = localPool({
      now: clock,
      authSessionValidity: 15,
      users: [{ ...alice, attributes: { email: 'alice@example.com' }, mfa: { sms: '+15550001234' } }],
    });
    const options = { fetch, now: clock };
    const patient = { ...client, authSessionValidityMinutes: 15 };
    const step = await signIn(patient, { flow: 'USER_AUTH', username: 'alice' }, options);
    const json = JSON.stringify(challengeOf(step, 'SELECT_CHALLENGE'));
    expect(json).not.toContain(PASSWORD);

    now += 14 * 60_000;
    const challenge = parseChallenge(json);
    if (challenge.name !== 'SELECT_CHALLENGE') throw new Error(challenge.name);
    expect(challenge.options).toEqual(['PASSWORD_SRP', 'PASSWORD']);
    expect(challenge.expiresAt).toBe(now + 60_000);
    const next = await respond(patient, challenge, { choice: 'PASSWORD_SRP', password: PASSWORD }, options);
    const sms = parseChallenge(JSON.stringify(challengeOf(next, 'SMS_MFA')));
    expect(sms).toMatchObject({ delivery: { medium: 'SMS', destination: '+*******1234' } });
  });
});

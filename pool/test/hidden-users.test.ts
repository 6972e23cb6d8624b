/** Where missing users are hidden, they get the same replies as users with a wrong password. */
import { createWire, type Reply, srpClient, type Texts, type Wire, WRONG_PASSWORD } from './wire.ts';

const EXCEEDED = {
  status: 400,
  __type: 'NotAuthorizedException',
  message: 'Password attempts exceeded',
};
const WRONG = 'Wrong-Horse-9';

/** What one sign-in of this name gets. */
type SignIn = (wire: Wire, USERNAME: string) => Promise<readonly Reply[]>;

/** Replies without what differs from sign-in to sign-in. */
const likeness = (replies: readonly Reply[], username: string) =>
  replies.map(({ Session, ChallengeParameters, ...reply }) => ({
    ...reply,
    hasSession: Session !== undefined,
    parameters: Object.entries(ChallengeParameters ?? {}).map(([name, value]) =>
      value === username ? [name, 'the name'] : [name],
    ),
  }));

const newWire = () =>
  createWire({
    preventUserExistenceErrors: true,
    devices: { challengeRequiredOnNewDevice: true },
    triggers: {
      defineAuthChallenge: (event) => {
        event.response.challengeName =
          event.request.session.length === 1 ? 'PASSWORD_VERIFIER' : 'CUSTOM_CHALLENGE';
        return event;
      },
      createAuthChallenge: (event) => event,
    },
  });

const begin = ({ initiate }: Wire, USERNAME: string, more: Texts) =>
  initiate('USER_AUTH', { USERNAME, ...more });

/** A SELECT_CHALLENGE of this name: a hidden user's only where no e-mail may be pretended. */
async function choose(
  options: Parameters<typeof createWire>[0],
  USERNAME: string,
  answers: readonly Texts[],
) {
  const wire = createWire({ preventUserExistenceErrors: true, ...options });
  const asked = await begin(wire, USERNAME, {});
  const replies: Reply[] = [asked];
  for (const answer of answers) {
    replies.push(await wire.respond('SELECT_CHALLENGE', asked.Session, { USERNAME, ...answer }));
  }
  return replies;
}

const SIGN_INS: Readonly<Record<string, SignIn>> = {
  'PASSWORD preferred, then answered twice': async (wire, USERNAME) => {
    const asked = await begin(wire, USERNAME, { PREFERRED_CHALLENGE: 'PASSWORD' });
    const answer = () => wire.respond('PASSWORD', asked.Session, { USERNAME, PASSWORD: WRONG });
    return [asked, await answer(), await answer()];
  },
  'PASSWORD preferred, the password beside it': async (wire, USERNAME) => [
    await begin(wire, USERNAME, { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: WRONG }),
  ],
  'PASSWORD_SRP preferred, then SRP_A and the proof, twice': async (wire, USERNAME) => {
    const { SRP_A, prove } = srpClient(wire, WRONG);
    const asked = await begin(wire, USERNAME, { PREFERRED_CHALLENGE: 'PASSWORD_SRP' });
    const challenge = await wire.respond('PASSWORD_SRP', asked.Session, { USERNAME, SRP_A });
    const proof = prove(challenge);
    const answer = () => wire.respond('PASSWORD_VERIFIER', challenge.Session, proof);
    const again = await wire.respond('PASSWORD_SRP', asked.Session, { USERNAME, SRP_A });
    return [asked, challenge, again, await answer(), await answer()];
  },
  'PASSWORD_SRP preferred, the proof without its Session': async (wire, USERNAME) => {
    const { SRP_A, prove } = srpClient(wire, WRONG);
    const challenge = await begin(wire, USERNAME, { PREFERRED_CHALLENGE: 'PASSWORD_SRP', SRP_A });
    return [challenge, await wire.respond('PASSWORD_VERIFIER', undefined, prove(challenge))];
  },
  'SELECT_CHALLENGE: no PASSWORD, no SRP_A, no such choice, a wrong password, once more': (_, USERNAME) =>
    choose({ allowedFirstAuthFactors: ['PASSWORD'] }, USERNAME, [
      { ANSWER: 'PASSWORD' },
      { ANSWER: 'PASSWORD_SRP' },
      { ANSWER: 'EMAIL_OTP' },
      { ANSWER: 'PASSWORD', PASSWORD: WRONG },
      { ANSWER: 'PASSWORD', PASSWORD: WRONG },
    ]),
  'a DEVICE_KEY under USER_AUTH': async (wire, USERNAME) => [
    await begin(wire, USERNAME, { PREFERRED_CHALLENGE: 'PASSWORD', DEVICE_KEY: 'local_0' }),
  ],
  'a DEVICE_KEY under CUSTOM_AUTH, at its beginning and in an answer': async (wire, USERNAME) => {
    const DEVICE_KEY = 'local_0';
    const asked = await wire.initiate('CUSTOM_AUTH', { USERNAME });
    const responses = { USERNAME, ANSWER: 'x', DEVICE_KEY };
    return [
      await wire.initiate('CUSTOM_AUTH', { USERNAME, DEVICE_KEY }),
      asked,
      await wire.respond('CUSTOM_CHALLENGE', asked.Session, responses),
    ];
  },
  'a Session that is none of ConfirmSignUp': async (wire, USERNAME) => {
    const { Session } = await begin(wire, USERNAME, { PREFERRED_CHALLENGE: 'PASSWORD' });
    return [
      await wire.initiate('USER_AUTH', { USERNAME }, { Session }),
      await wire.initiate('USER_AUTH', { USERNAME }, { Session: `${Session}x` }),
    ];
  },
  'CUSTOM_AUTH with SRP_A': async (wire, USERNAME) => {
    const { SRP_A, prove } = srpClient(wire, WRONG);
    const challenge = await wire.initiate('CUSTOM_AUTH', { USERNAME, SRP_A, CHALLENGE_NAME: 'SRP_A' });
    return [challenge, await wire.respond('PASSWORD_VERIFIER', challenge.Session, prove(challenge))];
  },
};

test.each(Object.entries(SIGN_INS))('%s', async (_, signIn) => {
  const wire = newWire();
  const [real, hidden] = [await signIn(wire, 'alice'), await signIn(wire, 'nobody')];
  expect(likeness(hidden, 'nobody')).toEqual(likeness(real, 'alice'));
});

describe('after five wrong passwords the sixth is refused for real and missing users alike', () => {
  const ATTEMPTS: Readonly<Record<string, (wire: Wire, USERNAME: string) => Promise<Reply>>> = {
    USER_PASSWORD_AUTH: ({ initiate }, USERNAME) =>
      initiate('USER_PASSWORD_AUTH', { USERNAME, PASSWORD: WRONG }),
    USER_SRP_AUTH: async (wire, USERNAME) => {
      const { SRP_A, prove } = srpClient(wire, WRONG);
      const challenge = await wire.initiate('USER_SRP_AUTH', { USERNAME, SRP_A });
      return wire.respond('PASSWORD_VERIFIER', challenge.Session, prove(challenge));
    },
    USER_AUTH: (wire, USERNAME) =>
      begin(wire, USERNAME, { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: WRONG }),
  };

  test.each(Object.entries(ATTEMPTS))('%s', async (_, attempt) => {
    const wire = newWire();
    for (const username of ['alice', 'nobody']) {
      for (let i = 0; i < 5; i++) expect(await attempt(wire, username)).toMatchObject(WRONG_PASSWORD);
      expect(await attempt(wire, username)).toMatchObject(EXCEEDED);
    }
    expect(await attempt(wire, 'somebody else')).toMatchObject(WRONG_PASSWORD);
    wire.wait(15 * 60);
    for (const username of ['alice', 'nobody']) {
      for (let i = 0; i < 5; i++) expect(await attempt(wire, username)).toMatchObject(WRONG_PASSWORD);
      expect(await attempt(wire, username)).toMatchObject(EXCEEDED);
    }
  });

  test('where a proof is refused for it, the Session stays, as it does for anybody', async () => {
    const wire = newWire();
    const replies = await Promise.all(
      ['alice', 'nobody'].map(async (USERNAME) => {
        const { SRP_A, prove } = srpClient(wire, WRONG);
        const challenge = await begin(wire, USERNAME, { PREFERRED_CHALLENGE: 'PASSWORD_SRP', SRP_A });
        for (let i = 0; i < 5; i++) await wire.initiate('USER_PASSWORD_AUTH', { USERNAME, PASSWORD: WRONG });
        const answer = () => wire.respond('PASSWORD_VERIFIER', challenge.Session, prove(challenge));
        const refused = await answer();
        return [refused, await answer()];
      }),
    );
    expect(replies).toMatchObject([
      [EXCEEDED, EXCEEDED],
      [EXCEEDED, EXCEEDED],
    ]);
  });
});

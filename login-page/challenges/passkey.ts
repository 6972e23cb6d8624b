/** WEB_AUTHN: asks for a passkey after a button, or offers it in the name field (WebAuthn's conditional mediation). */
import { type ChallengeOf, passkeyRequest, type Step, signIn } from 'cognito-srp-engine';
import { textOfChallenge } from 'cognito-srp-engine/texts';
import { type App, callOptions, follow, respondTo } from '../app.ts';
import { paragraph } from '../dom.ts';
import { formStep } from '../form.ts';
import { askBrowser } from '../passkeys.ts';
import { type ChallengeScreen, startAgain } from './start-again.ts';

export const passkeyScreen: ChallengeScreen<'WEB_AUTHN'> = (app, challenge, typedName, leaving) => {
  const { texts } = app;
  const { title, instruction } = textOfChallenge(challenge, texts);
  return formStep({
    texts,
    heading: title,
    lead: [paragraph(instruction)],
    leaving,
    submit: texts.buttons.continue,
    onSubmit: async ({ signal }) => {
      const step = await usePasskey(app, challenge, signal, 'optional');
      app.kept.passkeyUser.set(typedName);
      await follow(app, step, typedName);
    },
    ...startAgain(app, typedName, texts.signIn.noPasskey),
  });
};

async function usePasskey(
  app: App,
  challenge: ChallengeOf<'WEB_AUTHN'>,
  signal: AbortSignal,
  mediation: CredentialMediationRequirement,
): Promise<Step> {
  const request = { ...passkeyRequest(challenge.requestOptions), mediation, signal };
  const credential = await askBrowser(() => navigator.credentials.get(request));
  return respondTo<'WEB_AUTHN'>(app, challenge, { credential }, signal);
}

/** How long before the end of a challenge it is replaced by a new one. */
const MARGIN_MS = 10_000;

/**
 * Offers the passkey of a user among the browser's suggestions for the name field. It shows no error, because a user
 * who does not take the offer can sign in by the form.
 */
export async function offerPasskey(app: App, username: string, leaving: AbortSignal): Promise<void> {
  const { PublicKeyCredential: passkeys } = window as { PublicKeyCredential?: typeof PublicKeyCredential };
  try {
    if (!(await passkeys?.isConditionalMediationAvailable?.())) return;
    while (!leaving.aborted) {
      const credentials = { flow: 'USER_AUTH', username, preferredChallenge: 'WEB_AUTHN' } as const;
      const started = await signIn(app.pool.client, credentials, callOptions(app, leaving));
      if (started.status !== 'challenge' || started.challenge.name !== 'WEB_AUTHN') return;
      const { challenge } = started;
      const ends = AbortSignal.timeout(Math.max(0, challenge.expiresAt - Date.now() - MARGIN_MS));
      const signal = AbortSignal.any([leaving, ends]);
      try {
        const step = await usePasskey(app, challenge, signal, 'conditional');
        if (!leaving.aborted) await follow(app, step, username);
        return;
      } catch (error) {
        if (!ends.aborted) throw error;
      }
    }
  } catch {
    // The offer failed or another passkey request replaced it. The user can still use the form
  }
}

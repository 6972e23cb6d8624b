/** The user pool, the session of the application, and the three flows that lead to it. */
import { createUserStore, webStorage } from 'cognito-srp-engine';
import { createPasswordResetFlow, createSignInFlow, createSignUpFlow } from 'cognito-srp-engine/flow';
import { createSession } from 'cognito-srp-engine/session';

const { VITE_USER_POOL_ID: userPoolId, VITE_CLIENT_ID: clientId, VITE_ENDPOINT: endpoint } = import.meta.env;
const pool = { userPoolId, clientId, endpoint };
const keptForever = webStorage(() => localStorage);
// A challenge, or a code that was sent, survives a reload
const storage = webStorage(() => sessionStorage);

export const session = createSession(pool, {
  store: createUserStore(keptForever, pool),
  tabs: new BroadcastChannel('session'),
  refreshOnTimer: true,
});
export const signInFlow = createSignInFlow(pool, { store: session.store, storage });
export const signUpFlow = createSignUpFlow(pool, { signInFlow, storage });
export const resetFlow = createPasswordResetFlow(pool, { signInFlow, storage });

// Whoever was asked for a passkey here is offered it in the name field at the next visit
signInFlow.subscribe((state) => {
  if (state.status === 'challenge' && state.challenge.name === 'WEB_AUTHN')
    void keptForever.setItem('passkey-user', state.username);
});
const passkeyUser = await keptForever.getItem('passkey-user');
if (passkeyUser) signInFlow.offerPasskey(passkeyUser, (request) => navigator.credentials.get(request));

void session.restore();

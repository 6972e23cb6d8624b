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

void session.restore();

/** Which pool and which users. `k6 run -e ENDPOINT=… -e USER_POOL_ID=… -e CLIENT_ID=… -e PASSWORD=…` names others. */
import { randomBytes } from 'k6/crypto';
import exec from 'k6/execution';

export const endpoint = __ENV.ENDPOINT || 'http://127.0.0.1:9229';
export const pool = {
  userPoolId: __ENV.USER_POOL_ID || 'us-east-1_LocalPool',
  clientId: __ENV.CLIENT_ID || 'web',
};
const password = __ENV.PASSWORD || 'Correct-Horse-9';

const USERS = 20;

/** The users take turns. */
export const nextCredentials = () => ({
  username: `user${(exec.scenario.iterationInTest % USERS) + 1}`,
  password,
});

/** Secure random bytes of k6, also of one without a global `crypto`. */
export const rng = (length) => new Uint8Array(randomBytes(length));

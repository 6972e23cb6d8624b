/** Signs in by the example in this process, and keeps what went over the wire. */
import { createUserPool } from 'cognito-local-pool';
import { openPhoneSession } from '../session.ts';
import { countedBytes } from './counted-bytes.js';

export interface WireRequest {
  readonly AuthParameters?: Readonly<Record<string, string>>;
  readonly ChallengeResponses?: Readonly<Record<string, string>>;
}

export const user = { username: 'alice', password: 'Correct-Horse-9' };

/** A storage as AsyncStorage is. */
export function asyncStorage(items: Map<string, string>) {
  return {
    getItem: async (key: string) => items.get(key) ?? null,
    setItem: async (key: string, value: string) => void items.set(key, value),
    removeItem: async (key: string) => void items.delete(key),
  };
}

export async function signInInNode() {
  const local = createUserPool({ users: [user], devices: { challengeRequiredOnNewDevice: true } });
  const client = { userPoolId: local.userPoolId, clientId: 'web', endpoint: 'http://127.0.0.1' };
  const items = new Map<string, string>();
  const lengths: number[] = [];
  const requests: WireRequest[] = [];
  const replies: string[] = [];
  const bytes = countedBytes();
  const native = {
    AsyncStorage: asyncStorage(items),
    fetch: async (url: string, init: RequestInit) => {
      const response = await local.fetch(url, init);
      requests.push(JSON.parse(String(init.body)) as WireRequest);
      replies.push(await response.clone().text());
      return response;
    },
    getRandomBytes: (length: number) => {
      lengths.push(length);
      return bytes(length);
    },
  };
  const before = await openPhoneSession(client, native).accessToken();
  const step = await openPhoneSession(client, native).signIn(user.username, user.password);
  const after = await openPhoneSession(client, native).accessToken();
  return { client, before, step, after, items, lengths, requests, replies };
}

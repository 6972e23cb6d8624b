/** Counts what the maps of this process hold, by the shape of their values. The inspector finds the maps, wherever they are. */
import { Session } from 'node:inspector';

/**
 * The kinds of records that come and go, each with members that tell it from the kinds after it. The first that fits counts.
 */
export const KINDS = [
  { name: 'changes to be written', members: ['collection', 'key'] },
  { name: 'sessions', members: ['awaited'] },
  { name: 'password proofs', members: ['trail', 'results'] },
  { name: 'device proofs', members: ['trail', 'deviceKey'] },
  { name: 'authorization codes', members: ['authorized'] },
  { name: 'login tickets', members: ['browser', 'signIn'] },
  { name: 'sign-ins (grants)', members: ['eventId', 'sessionId'] },
  { name: 'refresh tokens', members: ['token', 'eventId'] },
  { name: 'confirmation codes', members: ['purpose', 'medium'] },
  { name: 'browser sessions', members: ['session', 'createdAt'] },
  { name: 'users', members: ['passwordHistory'] },
  { name: 'groups', members: ['GroupName'] },
];

/** Runs in the inspector, so it uses nothing of this file. `this` is the list of all maps. */
function countRecords(kindsAsJson) {
  const kinds = JSON.parse(kindsAsJson);
  const counts = { devices: 0, others: 0 };
  const users = new Set();
  const valueIn = (entry) => {
    let value = entry;
    // A store keeps the value with its time, and with whose it is
    while (typeof value === 'object' && value !== null && 'value' in value && !('collection' in value))
      value = value.value;
    return typeof value === 'object' && value !== null ? value : {};
  };
  for (const map of this) {
    if (map.size === 0) continue;
    const first = valueIn(map.values().next().value);
    const kind = kinds.find(({ members }) => members.every((member) => member in first));
    if (kind?.name === 'users') for (const user of map.values()) users.add(user);
    else counts[kind?.name ?? 'others'] = (counts[kind?.name ?? 'others'] ?? 0) + map.size;
  }
  for (const user of users) counts.devices += user.devices.length;
  return { ...counts, users: users.size };
}

/** @returns {Record<string, number>} how many records there are of each kind, and of `others`, which no kind fits */
export function countHeld() {
  const session = new Session();
  session.connect();
  try {
    const post = (method, params) => {
      let reply;
      // In the same thread the answer comes before `post` returns
      session.post(method, params, (error, result) => {
        reply = { error, result };
      });
      if (!reply || reply.error) throw new Error(`${method}: ${reply?.error?.message ?? 'no answer'}`);
      return reply.result;
    };
    const objectGroup = 'soak';
    const prototype = post('Runtime.evaluate', { expression: 'Map.prototype', objectGroup });
    const { objects } = post('Runtime.queryObjects', {
      prototypeObjectId: prototype.result.objectId,
      objectGroup,
    });
    const { result, exceptionDetails } = post('Runtime.callFunctionOn', {
      objectId: objects.objectId,
      functionDeclaration: String(countRecords),
      arguments: [{ value: JSON.stringify(KINDS) }],
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    post('Runtime.releaseObjectGroup', { objectGroup });
    return result.value;
  } finally {
    session.disconnect();
  }
}

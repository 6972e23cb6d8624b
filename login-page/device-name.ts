/** Names the browser for the list of a user's devices. */

/** @returns a name that the user recognises in the list of devices, like "Firefox on Linux" */
export function deviceName(): string {
  const { userAgent } = navigator;
  const browser = ['Edg', 'Firefox', 'Chrome', 'Safari'].find((name) => userAgent.includes(`${name}/`));
  const system = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'Linux'].find((name) =>
    userAgent.includes(name),
  );
  return `${browser === 'Edg' ? 'Edge' : (browser ?? 'Browser')} on ${system ?? 'an unknown system'}`;
}

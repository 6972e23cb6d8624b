/**
 * Random passwords against the servers that verify the proof of SRP: each one has to sign its user in, and the same with one
 * character changed must be refused.
 */
import { drawPasswords } from './servers-drawn-passwords.mjs';
import { COMMAND_LINE, ENGINE } from './servers-drivers.mjs';

export const PASSWORD_COUNT = 200;
/** Starting the command takes longer than a sign-in, so it takes every tenth password. */
const COMMAND_EVERY = 10;
/** How many sign-ins a server has at a time. */
const AT_A_TIME = 4;
const REFUSED = 'INCORRECT_USERNAME_OR_PASSWORD';

/**
 * @param {{ openPool: (kind: string) => Promise<any> }} server
 * @param {string} seed
 * @param {number} count
 * @returns the outcome in words. The text names the first password that went wrong.
 */
export async function tryPasswords(server, seed, count) {
  const { web, addUser, setPassword } = await server.openPool('anyPassword');
  const problems = [];
  const tryShare = async (first) => {
    const username = await addUser();
    for (let index = first; index < count; index += AT_A_TIME) {
      const { right, wrong } = drawPasswords(seed, index);
      await setPassword(username, right);
      const drivers = index % COMMAND_EVERY === 0 ? [ENGINE, COMMAND_LINE] : [ENGINE];
      for (const driver of drivers) {
        const attempt = (password) => outcomeOf(driver, web, { username, password });
        const [atRight, atWrong] = [await attempt(right), await attempt(wrong)];
        if (atRight === 'signed-in' && atWrong === REFUSED) continue;
        problems.push(
          `${driver.name}, password ${index} of seed ${seed}: ${JSON.stringify(right)} gives ${atRight}, and ${JSON.stringify(wrong)} gives ${atWrong}`,
        );
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, (_, first) => tryShare(first)));
  return { wrong: problems.length, text: problems.slice(0, 3).join('\n') };
}

const outcomeOf = (driver, pool, credentials) =>
  driver.signIn(pool, credentials).catch(({ code, message }) => code ?? message);

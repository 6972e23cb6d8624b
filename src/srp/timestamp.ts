/** The wire's TIMESTAMP: Java's `EEE MMM d HH:mm:ss z yyyy` in English, always UTC. */
import { ArgumentError } from '../errors.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * A moment as Cognito wants it signed: `Thu Sep 4 03:05:09 UTC 2026`. The day has no leading zero; the
 * time has. No locale or time zone of the machine takes part: the service refuses any other spelling.
 *
 * @param now milliseconds since the epoch; `Date.now()`, or the service's clock where it is known
 */
export function formatTimestamp(now: number): string {
  const date = new Date(now);
  if (Number.isNaN(date.getTime())) {
    throw new ArgumentError('OPTION_INVALID', 'now', '"now" must be a time in milliseconds since the epoch');
  }
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()} ${time} UTC ${date.getUTCFullYear()}`;
}

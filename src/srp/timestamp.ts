/** The wire's TIMESTAMP: Java's `EEE MMM d HH:mm:ss z yyyy` in English, always UTC. */
import { mustBe } from '../errors.ts';

/**
 * A moment as Cognito wants it signed: `Thu Sep 4 03:05:09 UTC 2026`. The day has no leading zero; the
 * time has. No locale or time zone of the machine takes part: the service refuses any other spelling.
 *
 * @param now milliseconds since the epoch; `Date.now()`, or the service's clock where it is known
 */
export function formatTimestamp(now: number): string {
  // ECMA-262 fixes this text for every locale: "Thu, 04 Sep 2026 03:05:09 GMT"
  const [weekday, day, month, year, time] = new Date(now).toUTCString().split(/, 0?| /);
  if (!time) throw mustBe('OPTION_INVALID', 'now', 'milliseconds since the epoch');
  return `${weekday} ${month} ${day} ${time} UTC ${year}`;
}

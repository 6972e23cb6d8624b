/**
 * TIMESTAMP as the service reads it. The service accepts several spellings, writes the time in its canonical form, and
 * checks the signature over that form. So "Sep 05" is accepted as a time, but a signature over that text is wrong.
 */
import { invalidParameter } from './service-exception.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const SHAPE =
  /^(Sun|Mon|Tue|Wed|Thu|Fri|Sat)\w* +([A-Z][a-z]{2})\w* +(\d{1,2}) +(\d{1,2}):(\d{1,2}):(\d{1,2}) +(?:UTC|GMT) +(\d{1,4})$/i;

/** @returns the time in milliseconds since the epoch, and its canonical text */
export function readTimestamp(sent: string): { readonly time: number; readonly canonical: string } {
  const [, , month = '', day, hours, minutes, seconds, year] = SHAPE.exec(sent.trim()) ?? [];
  const monthIndex = MONTHS.findIndex((name) => name.toLowerCase() === month.toLowerCase());
  if (monthIndex < 0)
    throw invalidParameter('TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.');
  const time = Date.UTC(
    Number(year),
    monthIndex,
    Number(day),
    Number(hours),
    Number(minutes),
    Number(seconds),
  );
  // "Thu, 24 Sep 2026 13:50:15 GMT"
  const [weekday, date, name, yyyy, clock] = new Date(time).toUTCString().replace(',', '').split(' ');
  return { time, canonical: `${weekday} ${name} ${Number(date)} ${clock} UTC ${yyyy}` };
}

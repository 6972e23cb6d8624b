/** The second factors of a user: how they are turned on and off. */
import { invalidParameter, type ServiceException } from './service-exception.ts';
import type { MfaFactor, MfaPreference } from './user.ts';

/** Turns a factor on or off. One that is turned off is not preferred any more. */
export function withFactor(mfa: MfaPreference, factor: MfaFactor, on: boolean): MfaPreference {
  const isOther = (each: MfaFactor) => each !== factor;
  const { enabled, preferred, switchedOff = [] } = mfa;
  const others = enabled.filter(isOther);
  const offOthers = switchedOff.filter(isOther);
  const isOff = !on && (enabled.includes(factor) || switchedOff.includes(factor));
  return {
    ...mfa,
    enabled: on ? [...others, factor] : others,
    preferred: !on && preferred === factor ? undefined : preferred,
    switchedOff: isOff ? [...offOthers, factor] : offOthers,
  };
}

/** Reported (aws-amplify/amplify-js#618). */
export const noPhoneNumber = (): ServiceException =>
  invalidParameter('User does not have a phone_number set to turn on SMS MFA');

/** The words of the page. They are those of the package, and a language is loaded when it is needed. */
import { overrideTexts, type Texts } from 'cognito-srp-engine/texts';
import { en } from 'cognito-srp-engine/texts/en';
import type { Language } from '../../login-page/language.ts';

/** A visitor of this page has the settings at hand. */
const english = overrideTexts(en, {
  errors: {
    USER_POOL_ID_INVALID: 'The user pool ID does not look like eu-west-1_AbCdEf123. Check the settings.',
    CLIENT_ID_INVALID: 'The app client ID is not right. Check the settings.',
    REGION_INVALID: 'The user pool ID does not begin with an AWS region. Check the settings.',
    CLIENT_NOT_FOUND: 'There is no such user pool or app client. Check the settings.',
    SECRET_HASH_REFUSED:
      'This app client has a secret, which no web page can keep. Use a client without one.',
    DEVICE_NOT_FOUND:
      'The service does not know this device any more. It is forgotten here too: please sign in again.',
    DEVICE_REFUSED:
      'The service did not recognise this device. It is forgotten here now: please sign in again.',
  },
});

export const loadTexts: { readonly [Name in Language]: () => Promise<Texts> } = {
  en: async () => english,
  de: async () => (await import('cognito-srp-engine/texts/de')).de,
  fr: async () => (await import('cognito-srp-engine/texts/fr')).fr,
  es: async () => (await import('cognito-srp-engine/texts/es')).es,
  pt: async () => (await import('cognito-srp-engine/texts/pt')).pt,
  ja: async () => (await import('cognito-srp-engine/texts/ja')).ja,
};

/** What has happened, and what the user can do, in German. */
import type { Texts } from '../texts.ts';

const NOT_SET_UP =
  'Diese Seite ist nicht richtig eingerichtet. Wenden Sie sich an die Person, die sie betreut.';
const NOT_UNDERSTOOD =
  'Der Dienst hat eine Antwort gegeben, die diese Seite nicht versteht. Versuchen Sie es später noch einmal.';
const NOT_OFFERED = 'Das wird hier nicht angeboten.';
const SIGNED_OUT = 'Sie wurden abgemeldet. Melden Sie sich wieder an.';
const REFUSED = 'Der Dienst hat das aus eigenen Gründen abgelehnt. Beginnen Sie von vorn.';
const UNSAFE =
  'Mit diesem Browser ist keine sichere Anmeldung möglich. Aktualisieren Sie ihn oder verwenden Sie einen anderen.';

export const errors: Texts['errors'] = {
  USER_POOL_ID_INVALID: NOT_SET_UP,
  CLIENT_ID_INVALID: NOT_SET_UP,
  CLIENT_SECRET_INVALID: NOT_SET_UP,
  REGION_INVALID: NOT_SET_UP,
  ENDPOINT_INVALID: NOT_SET_UP,
  ENDPOINT_INSECURE: NOT_SET_UP,
  USERNAME_INVALID: 'Geben Sie einen Benutzernamen mit 1 bis 128 Zeichen ein.',
  PASSWORD_INVALID: 'Geben Sie Ihr Passwort ein.',
  OPTION_INVALID: NOT_SET_UP,
  CHALLENGE_INVALID: 'Diese Anmeldung kann hier nicht fortgesetzt werden. Beginnen Sie von vorn.',
  ANSWER_INVALID: 'Im Formular fehlt etwas. Prüfen Sie es und versuchen Sie es noch einmal.',
  RANDOMNESS_MISSING: UNSAFE,
  RANDOMNESS_INVALID: UNSAFE,
  RUNTIME_INCOMPLETE:
    'Dieser Browser ist zu alt für diese Seite. Aktualisieren Sie ihn oder verwenden Sie einen anderen.',

  NETWORK_FAILED:
    'Der Dienst ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
  TIMED_OUT:
    'Der Dienst hat nicht rechtzeitig geantwortet. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
  BODY_NOT_JSON: NOT_UNDERSTOOD,
  BODY_TOO_LARGE: NOT_UNDERSTOOD,
  REPLY_MALFORMED: NOT_UNDERSTOOD,
  CHALLENGE_UNEXPECTED:
    'Der Dienst verlangt etwas, das diese Seite nicht leisten kann. Beginnen Sie von vorn.',
  CHALLENGE_PARAMETER_MISSING: NOT_UNDERSTOOD,
  CHALLENGE_PARAMETER_INVALID: NOT_UNDERSTOOD,
  SRP_B_INVALID: NOT_UNDERSTOOD,
  SALT_INVALID: NOT_UNDERSTOOD,
  SECRET_BLOCK_INVALID: NOT_UNDERSTOOD,
  TOKEN_INVALID: 'Ihre Anmeldung konnte nicht überprüft werden. Melden Sie sich wieder an.',
  TOKEN_INSUFFICIENT:
    'Sie haben keine Berechtigung für diesen Vorgang. Wenden Sie sich an Ihre Administratorin oder Ihren Administrator.',
  REDIRECT_UNEXPECTED:
    'Diese Anmeldung wurde hier nicht begonnen oder ist vorbei. Melden Sie sich wieder an.',
  KEYS_INVALID: NOT_UNDERSTOOD,
  U_ZERO: NOT_UNDERSTOOD,

  INCORRECT_USERNAME_OR_PASSWORD:
    'Benutzername oder Passwort stimmt nicht. Prüfen Sie beides und versuchen Sie es noch einmal.',
  ATTEMPTS_EXCEEDED: 'Zu viele Versuche. Warten Sie einige Minuten und versuchen Sie es dann noch einmal.',
  USER_DISABLED: 'Dieses Konto ist deaktiviert. Wenden Sie sich an die Person, die es betreut.',
  USER_NOT_FOUND: 'Es gibt kein Konto mit diesem Namen. Prüfen Sie ihn oder legen Sie ein Konto an.',
  USER_NOT_CONFIRMED:
    'Dieses Konto ist noch nicht bestätigt. Bestätigen Sie es mit dem Code, den wir Ihnen geschickt haben.',
  USER_ALREADY_CONFIRMED: 'Dieses Konto ist bereits bestätigt. Melden Sie sich an.',
  SIGN_UP_NOT_PERMITTED:
    'Sie können hier nicht selbst ein Konto anlegen. Wenden Sie sich an die Person, die diese Seite betreut.',
  NO_VERIFIED_ADDRESS:
    'Für dieses Konto ist keine Adresse bestätigt, an die ein Code geschickt werden kann. Wenden Sie sich an die Person, die es betreut.',
  PASSWORD_RESET_NOT_PERMITTED:
    'Sie können Ihr Passwort hier nicht selbst zurücksetzen. Wenden Sie sich an die Person, die diese Seite betreut.',
  FEDERATED_USER:
    'Dieses Konto hat hier kein Passwort. Melden Sie sich mit dem Anbieter an, von dem es kommt.',
  TEMPORARY_PASSWORD_UNUSED:
    'Melden Sie sich mit dem vorläufigen Passwort an, das Sie erhalten haben, und wählen Sie dann ein eigenes.',
  PASSWORD_RESET_REQUIRED: 'Ihr Passwort muss zurückgesetzt werden, bevor Sie sich anmelden können.',
  TEMPORARY_PASSWORD_EXPIRED: 'Das vorläufige Passwort ist abgelaufen. Lassen Sie sich ein neues geben.',
  SESSION_EXPIRED: 'Das hat länger gedauert, als die Anmeldung offen gehalten wird. Beginnen Sie von vorn.',
  SESSION_USED: 'Dieser Schritt ist bereits erledigt. Beginnen Sie von vorn.',
  SESSION_INVALID: 'Diese Anmeldung ist nicht mehr offen. Beginnen Sie von vorn.',
  CODE_MISMATCH: 'Dieser Code stimmt nicht. Prüfen Sie ihn und geben Sie ihn noch einmal ein.',
  CODE_EXPIRED: 'Dieser Code ist zu alt oder wurde schon verwendet. Lassen Sie sich einen neuen schicken.',
  CODE_USED: 'Dieser Code wurde schon verwendet. Warten Sie auf den nächsten in Ihrer App.',
  CODE_DELIVERY_FAILED:
    'Der Code konnte nicht verschickt werden. Warten Sie einen Moment und versuchen Sie es dann noch einmal.',
  PASSWORD_POLICY: 'Dieses Passwort erfüllt die Regeln oben nicht. Wählen Sie ein anderes.',
  USERNAME_EXISTS: 'Dieser Benutzername ist vergeben. Wählen Sie einen anderen oder melden Sie sich an.',
  ALIAS_EXISTS:
    'Diese Adresse gehört zu einem anderen Konto. Melden Sie sich stattdessen mit jenem Konto an.',
  USERNAME_REFUSED:
    'Dieser Benutzername hat nicht die richtige Form. Versuchen Sie es mit Ihrer E-Mail-Adresse oder mit einem Namen, der keine Adresse ist.',
  ATTRIBUTE_REFUSED:
    'Etwas fehlt oder hat nicht die richtige Form. Prüfen Sie es: Telefonnummern beginnen mit + und der Landesvorwahl.',
  ATTRIBUTE_NOT_PERMITTED:
    'Diese Seite darf Ihre Eingaben nicht speichern. Wenden Sie sich an die Person, die sie betreut.',
  ATTRIBUTE_IMMUTABLE: 'Das lässt sich nicht ändern. Wenden Sie sich an die Person, die Ihr Konto betreut.',
  MFA_NOT_SET_UP:
    'Dieses Konto hat keinen Weg, einen Code zu erhalten. Wenden Sie sich an die Person, die es betreut.',
  PASSKEY_REFUSED: 'Der Passkey wurde nicht akzeptiert. Melden Sie sich auf andere Weise an.',
  PASSKEY_NOT_ENABLED:
    'Passkeys werden von dieser Seite nicht akzeptiert. Melden Sie sich auf andere Weise an.',
  ACCESS_TOKEN_REFUSED: SIGNED_OUT,
  REFRESH_TOKEN_REFUSED: SIGNED_OUT,
  AUTHORIZATION_CODE_REFUSED:
    'Die Anmeldung hat zu lange gedauert oder ist bereits abgeschlossen. Melden Sie sich wieder an.',
  SIGN_IN_DENIED:
    'Die Anmeldung wurde abgebrochen. Melden Sie sich wieder an oder wählen Sie einen anderen Weg.',
  LOGIN_REQUIRED: 'Sie sind noch nicht angemeldet. Melden Sie sich an.',
  REFRESH_TOKEN_REUSED: 'Sie wurden sicherheitshalber abgemeldet. Melden Sie sich wieder an.',
  OPERATION_UNKNOWN: NOT_OFFERED,
  OPERATION_NOT_ENABLED: NOT_OFFERED,
  CREDENTIALS_REFUSED: NOT_SET_UP,
  SECRET_HASH_REFUSED: NOT_SET_UP,
  CLIENT_NOT_FOUND: NOT_SET_UP,
  FLOW_NOT_ENABLED: 'Diese Art der Anmeldung wird hier nicht angeboten. Wählen Sie eine andere.',
  DEVICE_NOT_FOUND: 'Der Dienst kennt dieses Gerät nicht mehr. Melden Sie sich wieder an.',
  DEVICE_REFUSED: 'Der Dienst hat dieses Gerät nicht erkannt. Melden Sie sich wieder an.',
  TRIGGER_REFUSED: REFUSED,
  TRIGGER_FAILED: REFUSED,
  POOL_MISCONFIGURED:
    'Das ist nicht möglich, so wie der Dienst eingerichtet ist. Wenden Sie sich an die Person, die ihn betreut.',
  TIMESTAMP_REFUSED:
    'Die Uhr dieses Geräts scheint falsch zu gehen. Stellen Sie sie und beginnen Sie von vorn.',
  PARAMETER_REFUSED:
    'Der Dienst hat die Eingaben nicht akzeptiert. Prüfen Sie sie und versuchen Sie es noch einmal.',
  FIREWALL_REFUSED:
    'Der Dienst hat diese Anfrage blockiert. Warten Sie einige Minuten oder verwenden Sie ein anderes Netz.',
  THROTTLED: 'Der Dienst ist ausgelastet. Warten Sie einen Moment und versuchen Sie es dann noch einmal.',
  INTERNAL_ERROR:
    'Der Dienst hat eine Störung. Warten Sie einen Moment und versuchen Sie es dann noch einmal.',
  REFUSED: 'Der Dienst hat das abgelehnt. Beginnen Sie von vorn.',
};

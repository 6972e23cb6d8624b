/** What has happened, and what the user can do, in French. */
import type { Texts } from '../texts.ts';

const NOT_SET_UP = 'Cette page n’est pas configurée correctement. Signalez-le à la personne qui s’en occupe.';
const NOT_UNDERSTOOD = 'Le service a donné une réponse que cette page ne comprend pas. Réessayez plus tard.';
const NOT_OFFERED = 'Cela n’est pas proposé ici.';
const SIGNED_OUT = 'Votre session a été fermée. Connectez-vous de nouveau.';
const REFUSED = 'Le service a refusé, pour une raison qui lui est propre. Recommencez depuis le début.';
const UNSAFE =
  'Ce navigateur ne permet pas de se connecter en toute sécurité. Mettez-le à jour ou utilisez-en un autre.';

export const errors: Texts['errors'] = {
  USER_POOL_ID_INVALID: NOT_SET_UP,
  CLIENT_ID_INVALID: NOT_SET_UP,
  CLIENT_SECRET_INVALID: NOT_SET_UP,
  REGION_INVALID: NOT_SET_UP,
  ENDPOINT_INVALID: NOT_SET_UP,
  ENDPOINT_INSECURE: NOT_SET_UP,
  USERNAME_INVALID: 'Saisissez un nom d’utilisateur de 1 à 128 caractères.',
  PASSWORD_INVALID: 'Saisissez votre mot de passe.',
  OPTION_INVALID: NOT_SET_UP,
  CHALLENGE_INVALID: 'Cette connexion ne peut pas se poursuivre ici. Recommencez depuis le début.',
  ANSWER_INVALID: 'Il manque quelque chose dans le formulaire. Vérifiez-le et réessayez.',
  RANDOMNESS_MISSING: UNSAFE,
  RANDOMNESS_INVALID: UNSAFE,
  RUNTIME_INCOMPLETE:
    'Ce navigateur est trop ancien pour cette page. Mettez-le à jour ou utilisez-en un autre.',

  NETWORK_FAILED: 'Le service est injoignable. Vérifiez votre connexion, puis réessayez.',
  TIMED_OUT: 'Le service n’a pas répondu à temps. Vérifiez votre connexion, puis réessayez.',
  BODY_NOT_JSON: NOT_UNDERSTOOD,
  BODY_TOO_LARGE: NOT_UNDERSTOOD,
  REPLY_MALFORMED: NOT_UNDERSTOOD,
  CHALLENGE_UNEXPECTED:
    'Le service demande quelque chose que cette page ne peut pas fournir. Recommencez depuis le début.',
  CHALLENGE_PARAMETER_MISSING: NOT_UNDERSTOOD,
  CHALLENGE_PARAMETER_INVALID: NOT_UNDERSTOOD,
  SRP_B_INVALID: NOT_UNDERSTOOD,
  SALT_INVALID: NOT_UNDERSTOOD,
  SECRET_BLOCK_INVALID: NOT_UNDERSTOOD,
  TOKEN_INVALID: 'Votre connexion n’a pas pu être vérifiée. Connectez-vous de nouveau.',
  TOKEN_INSUFFICIENT: 'Vous n’êtes pas autorisé à effectuer cette opération. Contactez un administrateur.',
  REDIRECT_UNEXPECTED:
    'Cette connexion n’a pas été commencée ici, ou elle est terminée. Connectez-vous de nouveau.',
  KEYS_INVALID: NOT_UNDERSTOOD,
  U_ZERO: NOT_UNDERSTOOD,

  INCORRECT_USERNAME_OR_PASSWORD:
    'Le nom d’utilisateur ou le mot de passe est incorrect. Vérifiez les deux et réessayez.',
  ATTEMPTS_EXCEEDED: 'Trop de tentatives. Attendez quelques minutes, puis réessayez.',
  USER_DISABLED: 'Ce compte est désactivé. Adressez-vous à la personne qui s’en occupe.',
  USER_NOT_FOUND: 'Aucun compte ne porte ce nom. Vérifiez-le ou créez un compte.',
  USER_NOT_CONFIRMED:
    'Ce compte n’est pas encore confirmé. Confirmez-le avec le code que nous vous avons envoyé.',
  USER_ALREADY_CONFIRMED: 'Ce compte est déjà confirmé. Connectez-vous.',
  SIGN_UP_NOT_PERMITTED:
    'Vous ne pouvez pas créer de compte vous-même ici. Adressez-vous à la personne qui s’occupe de cette page.',
  NO_VERIFIED_ADDRESS:
    'Ce compte n’a pas d’adresse confirmée à laquelle envoyer un code. Adressez-vous à la personne qui s’en occupe.',
  PASSWORD_RESET_NOT_PERMITTED:
    'Vous ne pouvez pas réinitialiser votre mot de passe vous-même ici. Adressez-vous à la personne qui s’occupe de cette page.',
  FEDERATED_USER:
    'Ce compte n’a pas de mot de passe ici. Connectez-vous avec le fournisseur dont il provient.',
  TEMPORARY_PASSWORD_UNUSED:
    'Connectez-vous avec le mot de passe provisoire qui vous a été envoyé, puis choisissez le vôtre.',
  PASSWORD_RESET_REQUIRED:
    'Votre mot de passe doit être réinitialisé avant que vous puissiez vous connecter.',
  TEMPORARY_PASSWORD_EXPIRED: 'Le mot de passe provisoire a expiré. Demandez-en un nouveau.',
  SESSION_EXPIRED: 'Le délai de connexion est dépassé. Recommencez depuis le début.',
  SESSION_USED: 'Cette étape est déjà terminée. Recommencez depuis le début.',
  SESSION_INVALID: 'Cette connexion n’est plus ouverte. Recommencez depuis le début.',
  CODE_MISMATCH: 'Ce code est incorrect. Vérifiez-le et saisissez-le de nouveau.',
  CODE_EXPIRED: 'Ce code est trop ancien ou a déjà été utilisé. Demandez-en un nouveau.',
  CODE_USED: 'Ce code a déjà été utilisé. Attendez le suivant dans votre application.',
  CODE_DELIVERY_FAILED: 'Le code n’a pas pu être envoyé. Attendez un instant, puis réessayez.',
  PASSWORD_POLICY: 'Ce mot de passe ne respecte pas les règles ci-dessus. Choisissez-en un autre.',
  USERNAME_EXISTS: 'Ce nom d’utilisateur est déjà pris. Choisissez-en un autre ou connectez-vous.',
  ALIAS_EXISTS: 'Cette adresse appartient à un autre compte. Connectez-vous plutôt à celui-ci.',
  USERNAME_REFUSED:
    'Ce nom d’utilisateur n’a pas la bonne forme. Essayez votre adresse e-mail, ou un nom qui n’est pas une adresse.',
  ATTRIBUTE_REFUSED:
    'Il manque quelque chose, ou la forme n’est pas la bonne. Vérifiez : les numéros de téléphone commencent par + et l’indicatif du pays.',
  ATTRIBUTE_NOT_PERMITTED:
    'Cette page n’a pas le droit d’enregistrer votre saisie. Signalez-le à la personne qui s’en occupe.',
  ATTRIBUTE_IMMUTABLE:
    'Cela ne peut pas être modifié. Adressez-vous à la personne qui s’occupe de votre compte.',
  MFA_NOT_SET_UP:
    'Ce compte n’a aucun moyen de recevoir un code. Adressez-vous à la personne qui s’en occupe.',
  PASSKEY_REFUSED: 'La clé d’accès n’a pas été acceptée. Utilisez un autre moyen de vous connecter.',
  PASSKEY_NOT_ENABLED:
    'Les clés d’accès ne sont pas acceptées depuis cette page. Utilisez un autre moyen de vous connecter.',
  ACCESS_TOKEN_REFUSED: SIGNED_OUT,
  REFRESH_TOKEN_REFUSED: SIGNED_OUT,
  AUTHORIZATION_CODE_REFUSED:
    'La connexion a pris trop de temps, ou elle est déjà terminée. Connectez-vous de nouveau.',
  SIGN_IN_DENIED: 'La connexion a été annulée. Connectez-vous de nouveau, ou choisissez un autre moyen.',
  LOGIN_REQUIRED: 'Vous n’êtes pas encore connecté. Connectez-vous.',
  REFRESH_TOKEN_REUSED: 'Votre session a été fermée par précaution. Connectez-vous de nouveau.',
  OPERATION_UNKNOWN: NOT_OFFERED,
  OPERATION_NOT_ENABLED: NOT_OFFERED,
  CREDENTIALS_REFUSED: NOT_SET_UP,
  SECRET_HASH_REFUSED: NOT_SET_UP,
  CLIENT_NOT_FOUND: NOT_SET_UP,
  FLOW_NOT_ENABLED: 'Ce moyen de connexion n’est pas proposé ici. Choisissez-en un autre.',
  DEVICE_NOT_FOUND: 'Le service ne connaît plus cet appareil. Connectez-vous de nouveau.',
  DEVICE_REFUSED: 'Le service n’a pas reconnu cet appareil. Connectez-vous de nouveau.',
  TRIGGER_REFUSED: REFUSED,
  TRIGGER_FAILED: REFUSED,
  POOL_MISCONFIGURED:
    'C’est impossible avec la configuration actuelle du service. Signalez-le à la personne qui s’en occupe.',
  TIMESTAMP_REFUSED:
    'L’horloge de cet appareil ne semble pas à l’heure. Réglez-la, puis recommencez depuis le début.',
  PARAMETER_REFUSED: 'Le service n’a pas accepté votre saisie. Vérifiez-la et réessayez.',
  FIREWALL_REFUSED:
    'Le service a bloqué cette demande. Attendez quelques minutes ou utilisez un autre réseau.',
  THROTTLED: 'Le service est occupé. Attendez un instant, puis réessayez.',
  INTERNAL_ERROR: 'Le service rencontre un problème. Attendez un instant, puis réessayez.',
  REFUSED: 'Le service a refusé. Recommencez depuis le début.',
};

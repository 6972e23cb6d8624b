/** What has happened, and what the user can do, in Spanish. */
import type { Texts } from '../texts.ts';

const NOT_SET_UP = 'Esta página no está bien configurada. Avise a la persona que se encarga de ella.';
const NOT_UNDERSTOOD =
  'El servicio ha dado una respuesta que esta página no entiende. Inténtelo de nuevo más tarde.';
const NOT_OFFERED = 'Esto no se ofrece aquí.';
const SIGNED_OUT = 'Se ha cerrado su sesión. Inicie sesión de nuevo.';
const REFUSED = 'El servicio lo ha rechazado por motivos propios. Empiece de nuevo.';
const UNSAFE = 'Con este navegador no se puede iniciar sesión de forma segura. Actualícelo o utilice otro.';

export const errors: Texts['errors'] = {
  USER_POOL_ID_INVALID: NOT_SET_UP,
  CLIENT_ID_INVALID: NOT_SET_UP,
  CLIENT_SECRET_INVALID: NOT_SET_UP,
  REGION_INVALID: NOT_SET_UP,
  ENDPOINT_INVALID: NOT_SET_UP,
  ENDPOINT_INSECURE: NOT_SET_UP,
  USERNAME_INVALID: 'Introduzca un nombre de usuario de entre 1 y 128 caracteres.',
  PASSWORD_INVALID: 'Introduzca su contraseña.',
  OPTION_INVALID: NOT_SET_UP,
  CHALLENGE_INVALID: 'Este inicio de sesión no puede continuar aquí. Empiece de nuevo.',
  ANSWER_INVALID: 'Falta algo en el formulario. Revíselo e inténtelo de nuevo.',
  RANDOMNESS_MISSING: UNSAFE,
  RANDOMNESS_INVALID: UNSAFE,
  RUNTIME_INCOMPLETE: 'Este navegador es demasiado antiguo para esta página. Actualícelo o utilice otro.',

  NETWORK_FAILED: 'No se ha podido contactar con el servicio. Compruebe su conexión e inténtelo de nuevo.',
  TIMED_OUT: 'El servicio no ha respondido a tiempo. Compruebe su conexión e inténtelo de nuevo.',
  BODY_NOT_JSON: NOT_UNDERSTOOD,
  BODY_TOO_LARGE: NOT_UNDERSTOOD,
  REPLY_MALFORMED: NOT_UNDERSTOOD,
  CHALLENGE_UNEXPECTED: 'El servicio pide algo que esta página no puede dar. Empiece de nuevo.',
  CHALLENGE_PARAMETER_MISSING: NOT_UNDERSTOOD,
  CHALLENGE_PARAMETER_INVALID: NOT_UNDERSTOOD,
  SRP_B_INVALID: NOT_UNDERSTOOD,
  SALT_INVALID: NOT_UNDERSTOOD,
  SECRET_BLOCK_INVALID: NOT_UNDERSTOOD,
  TOKEN_INVALID: 'No se ha podido verificar su inicio de sesión. Inicie sesión de nuevo.',
  TOKEN_INSUFFICIENT: 'No tiene permiso para hacer esto. Póngase en contacto con un administrador.',
  REDIRECT_UNEXPECTED:
    'Este inicio de sesión no se ha empezado aquí o ya ha terminado. Inicie sesión de nuevo.',
  KEYS_INVALID: NOT_UNDERSTOOD,
  U_ZERO: NOT_UNDERSTOOD,

  INCORRECT_USERNAME_OR_PASSWORD:
    'El nombre de usuario o la contraseña no son correctos. Compruebe ambos e inténtelo de nuevo.',
  ATTEMPTS_EXCEEDED: 'Demasiados intentos. Espere unos minutos e inténtelo de nuevo.',
  USER_DISABLED: 'Esta cuenta está desactivada. Consulte a la persona que se encarga de ella.',
  USER_NOT_FOUND: 'No hay ninguna cuenta con este nombre. Compruébelo o cree una cuenta.',
  USER_NOT_CONFIRMED: 'Esta cuenta aún no está confirmada. Confírmela con el código que le hemos enviado.',
  USER_ALREADY_CONFIRMED: 'Esta cuenta ya está confirmada. Inicie sesión.',
  SIGN_UP_NOT_PERMITTED:
    'No es posible crear una cuenta desde aquí. Consulte a la persona que se encarga de esta página.',
  NO_VERIFIED_ADDRESS:
    'Esta cuenta no tiene ninguna dirección confirmada a la que enviar un código. Consulte a la persona que se encarga de ella.',
  PASSWORD_RESET_NOT_PERMITTED:
    'No es posible restablecer la contraseña desde aquí. Consulte a la persona que se encarga de esta página.',
  FEDERATED_USER: 'Esta cuenta no tiene contraseña aquí. Inicie sesión con el proveedor del que procede.',
  TEMPORARY_PASSWORD_UNUSED:
    'Inicie sesión con la contraseña temporal que ha recibido y, después, elija la suya.',
  PASSWORD_RESET_REQUIRED: 'Debe restablecer su contraseña antes de poder iniciar sesión.',
  TEMPORARY_PASSWORD_EXPIRED: 'La contraseña temporal ha caducado. Pida una nueva.',
  SESSION_EXPIRED: 'Se ha agotado el tiempo para iniciar sesión. Empiece de nuevo.',
  SESSION_USED: 'Este paso ya se ha completado. Empiece de nuevo.',
  SESSION_INVALID: 'Este inicio de sesión ya no está abierto. Empiece de nuevo.',
  CODE_MISMATCH: 'El código no es correcto. Compruébelo e introdúzcalo de nuevo.',
  CODE_EXPIRED: 'El código es demasiado antiguo o ya se ha usado. Solicite uno nuevo.',
  CODE_USED: 'Ese código ya se ha usado. Espere al siguiente en su aplicación.',
  CODE_DELIVERY_FAILED: 'No se ha podido enviar el código. Espere un momento e inténtelo de nuevo.',
  PASSWORD_POLICY: 'Esta contraseña no cumple las reglas de arriba. Elija otra.',
  USERNAME_EXISTS: 'Este nombre de usuario ya está en uso. Elija otro o inicie sesión.',
  ALIAS_EXISTS: 'Esta dirección pertenece a otra cuenta. Inicie sesión en ella.',
  USERNAME_REFUSED:
    'Este nombre de usuario no tiene la forma correcta. Pruebe con su correo electrónico o con un nombre que no sea una dirección.',
  ATTRIBUTE_REFUSED:
    'Falta algo o no tiene la forma correcta. Revíselo: los números de teléfono empiezan por + y el prefijo del país.',
  ATTRIBUTE_NOT_PERMITTED:
    'Esta página no puede guardar lo que ha introducido. Avise a la persona que se encarga de ella.',
  ATTRIBUTE_IMMUTABLE: 'Esto no se puede cambiar. Consulte a la persona que se encarga de su cuenta.',
  MFA_NOT_SET_UP:
    'Esta cuenta no tiene ningún modo de recibir un código. Consulte a la persona que se encarga de ella.',
  PASSKEY_REFUSED: 'No se ha aceptado la llave de acceso. Inicie sesión de otro modo.',
  PASSKEY_NOT_ENABLED: 'Desde esta página no se aceptan llaves de acceso. Inicie sesión de otro modo.',
  ACCESS_TOKEN_REFUSED: SIGNED_OUT,
  REFRESH_TOKEN_REFUSED: SIGNED_OUT,
  AUTHORIZATION_CODE_REFUSED:
    'El inicio de sesión ha tardado demasiado o ya se había completado. Inicie sesión de nuevo.',
  SIGN_IN_DENIED: 'Se ha cancelado el inicio de sesión. Inicie sesión de nuevo o elija otro modo.',
  LOGIN_REQUIRED: 'Todavía no ha iniciado sesión. Inicie sesión.',
  REFRESH_TOKEN_REUSED: 'Se ha cerrado su sesión por precaución. Inicie sesión de nuevo.',
  OPERATION_UNKNOWN: NOT_OFFERED,
  OPERATION_NOT_ENABLED: NOT_OFFERED,
  CREDENTIALS_REFUSED: NOT_SET_UP,
  SECRET_HASH_REFUSED: NOT_SET_UP,
  CLIENT_NOT_FOUND: NOT_SET_UP,
  FLOW_NOT_ENABLED: 'Este modo de iniciar sesión no se ofrece aquí. Elija otro.',
  DEVICE_NOT_FOUND: 'El servicio ya no conoce este dispositivo. Inicie sesión de nuevo.',
  DEVICE_REFUSED: 'El servicio no ha reconocido este dispositivo. Inicie sesión de nuevo.',
  TRIGGER_REFUSED: REFUSED,
  TRIGGER_FAILED: REFUSED,
  POOL_MISCONFIGURED:
    'Esto no es posible con la configuración actual del servicio. Avise a la persona que se encarga de él.',
  TIMESTAMP_REFUSED: 'Parece que el reloj de este dispositivo no está en hora. Ajústelo y empiece de nuevo.',
  PARAMETER_REFUSED: 'El servicio no ha aceptado los datos introducidos. Revíselos e inténtelo de nuevo.',
  FIREWALL_REFUSED: 'El servicio ha bloqueado esta solicitud. Espere unos minutos o utilice otra red.',
  THROTTLED: 'El servicio está ocupado. Espere un momento e inténtelo de nuevo.',
  INTERNAL_ERROR: 'El servicio tiene un problema. Espere un momento e inténtelo de nuevo.',
  REFUSED: 'El servicio lo ha rechazado. Empiece de nuevo.',
};

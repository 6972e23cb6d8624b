/** What has happened, and what the user can do, in Portuguese, as it is written in Brazil. */
import type { Texts } from '../texts.ts';

const NOT_SET_UP = 'Esta página não está configurada corretamente. Avise a pessoa responsável por ela.';
const NOT_UNDERSTOOD = 'O serviço deu uma resposta que esta página não entende. Tente novamente mais tarde.';
const NOT_OFFERED = 'Isso não é oferecido aqui.';
const SIGNED_OUT = 'Sua sessão foi encerrada. Entre novamente.';
const REFUSED = 'O serviço recusou isso por um motivo próprio. Comece de novo.';
const UNSAFE = 'Este navegador não consegue entrar com segurança. Atualize-o ou use outro.';

export const errors: Texts['errors'] = {
  USER_POOL_ID_INVALID: NOT_SET_UP,
  CLIENT_ID_INVALID: NOT_SET_UP,
  CLIENT_SECRET_INVALID: NOT_SET_UP,
  REGION_INVALID: NOT_SET_UP,
  ENDPOINT_INVALID: NOT_SET_UP,
  ENDPOINT_INSECURE: NOT_SET_UP,
  USERNAME_INVALID: 'Digite um nome de usuário de 1 a 128 caracteres.',
  PASSWORD_INVALID: 'Digite sua senha.',
  OPTION_INVALID: NOT_SET_UP,
  CHALLENGE_INVALID: 'Este login não pode continuar aqui. Comece de novo.',
  ANSWER_INVALID: 'Falta algo no formulário. Verifique-o e tente novamente.',
  RANDOMNESS_MISSING: UNSAFE,
  RANDOMNESS_INVALID: UNSAFE,
  RUNTIME_INCOMPLETE: 'Este navegador é antigo demais para esta página. Atualize-o ou use outro.',

  NETWORK_FAILED: 'Não foi possível acessar o serviço. Verifique sua conexão e tente novamente.',
  TIMED_OUT: 'O serviço não respondeu a tempo. Verifique sua conexão e tente novamente.',
  BODY_NOT_JSON: NOT_UNDERSTOOD,
  BODY_TOO_LARGE: NOT_UNDERSTOOD,
  REPLY_MALFORMED: NOT_UNDERSTOOD,
  CHALLENGE_UNEXPECTED: 'O serviço pede algo que esta página não pode fornecer. Comece de novo.',
  CHALLENGE_PARAMETER_MISSING: NOT_UNDERSTOOD,
  CHALLENGE_PARAMETER_INVALID: NOT_UNDERSTOOD,
  SRP_B_INVALID: NOT_UNDERSTOOD,
  SALT_INVALID: NOT_UNDERSTOOD,
  SECRET_BLOCK_INVALID: NOT_UNDERSTOOD,
  TOKEN_INVALID: 'Não foi possível verificar seu login. Entre novamente.',
  TOKEN_INSUFFICIENT: 'Você não tem permissão para fazer isto. Fale com um administrador.',
  REDIRECT_UNEXPECTED: 'Este login não foi iniciado aqui ou já terminou. Entre novamente.',
  KEYS_INVALID: NOT_UNDERSTOOD,
  U_ZERO: NOT_UNDERSTOOD,

  INCORRECT_USERNAME_OR_PASSWORD:
    'O nome de usuário ou a senha não está certo. Verifique os dois e tente novamente.',
  ATTEMPTS_EXCEEDED: 'Tentativas demais. Aguarde alguns minutos e tente novamente.',
  USER_DISABLED: 'Esta conta está desativada. Fale com a pessoa responsável por ela.',
  USER_NOT_FOUND: 'Não existe uma conta com este nome. Verifique-o ou crie uma conta.',
  USER_NOT_CONFIRMED: 'Esta conta ainda não foi confirmada. Confirme-a com o código que enviamos a você.',
  USER_ALREADY_CONFIRMED: 'Esta conta já foi confirmada. Faça login.',
  SIGN_UP_NOT_PERMITTED:
    'Você não pode criar uma conta aqui por conta própria. Fale com a pessoa responsável por esta página.',
  NO_VERIFIED_ADDRESS:
    'Esta conta não tem um endereço confirmado para receber um código. Fale com a pessoa responsável por ela.',
  PASSWORD_RESET_NOT_PERMITTED:
    'Você não pode redefinir sua senha aqui por conta própria. Fale com a pessoa responsável por esta página.',
  FEDERATED_USER: 'Esta conta não tem uma senha aqui. Entre com o provedor de onde ela veio.',
  TEMPORARY_PASSWORD_UNUSED: 'Entre com a senha temporária que você recebeu e depois escolha a sua.',
  PASSWORD_RESET_REQUIRED: 'Sua senha precisa ser redefinida antes que você possa entrar.',
  TEMPORARY_PASSWORD_EXPIRED: 'A senha temporária expirou. Peça uma nova.',
  SESSION_EXPIRED: 'O tempo para entrar acabou. Comece de novo.',
  SESSION_USED: 'Esta etapa já foi concluída. Comece de novo.',
  SESSION_INVALID: 'Este login não está mais aberto. Comece de novo.',
  CODE_MISMATCH: 'O código não está certo. Verifique-o e digite-o novamente.',
  CODE_EXPIRED: 'O código é antigo demais ou já foi usado. Solicite um novo.',
  CODE_USED: 'Esse código já foi usado. Aguarde o próximo no seu aplicativo.',
  CODE_DELIVERY_FAILED: 'Não foi possível enviar o código. Aguarde um momento e tente novamente.',
  PASSWORD_POLICY: 'Esta senha não atende às regras acima. Escolha outra.',
  USERNAME_EXISTS: 'Este nome de usuário já está em uso. Escolha outro ou entre.',
  ALIAS_EXISTS: 'Este endereço pertence a outra conta. Entre nela.',
  USERNAME_REFUSED:
    'Este nome de usuário não tem a forma correta. Tente seu endereço de e-mail ou um nome que não seja um endereço.',
  ATTRIBUTE_REFUSED:
    'Falta algo ou a forma não está correta. Verifique: números de telefone começam com + e o código do país.',
  ATTRIBUTE_NOT_PERMITTED:
    'Esta página não pode salvar o que você digitou. Avise a pessoa responsável por ela.',
  ATTRIBUTE_IMMUTABLE: 'Isso não pode ser alterado. Fale com a pessoa responsável pela sua conta.',
  MFA_NOT_SET_UP: 'Esta conta não tem como receber um código. Fale com a pessoa responsável por ela.',
  PASSKEY_REFUSED: 'A chave de acesso não foi aceita. Entre de outra forma.',
  PASSKEY_NOT_ENABLED: 'Chaves de acesso não são aceitas nesta página. Entre de outra forma.',
  ACCESS_TOKEN_REFUSED: SIGNED_OUT,
  REFRESH_TOKEN_REFUSED: SIGNED_OUT,
  AUTHORIZATION_CODE_REFUSED: 'O login demorou demais ou já foi concluído. Entre novamente.',
  SIGN_IN_DENIED: 'O login foi cancelado. Entre novamente ou escolha outra forma.',
  LOGIN_REQUIRED: 'Você ainda não entrou. Entre na sua conta.',
  REFRESH_TOKEN_REUSED: 'Sua sessão foi encerrada por precaução. Entre novamente.',
  OPERATION_UNKNOWN: NOT_OFFERED,
  OPERATION_NOT_ENABLED: NOT_OFFERED,
  CREDENTIALS_REFUSED: NOT_SET_UP,
  SECRET_HASH_REFUSED: NOT_SET_UP,
  CLIENT_NOT_FOUND: NOT_SET_UP,
  FLOW_NOT_ENABLED: 'Esta forma de entrar não é oferecida aqui. Escolha outra.',
  DEVICE_NOT_FOUND: 'O serviço não conhece mais este dispositivo. Entre novamente.',
  DEVICE_REFUSED: 'O serviço não reconheceu este dispositivo. Entre novamente.',
  TRIGGER_REFUSED: REFUSED,
  TRIGGER_FAILED: REFUSED,
  POOL_MISCONFIGURED:
    'Isso não é possível com a configuração atual do serviço. Avise a pessoa responsável por ele.',
  TIMESTAMP_REFUSED: 'O relógio deste dispositivo parece estar errado. Ajuste-o e comece de novo.',
  PARAMETER_REFUSED: 'O serviço não aceitou o que foi digitado. Verifique e tente novamente.',
  FIREWALL_REFUSED: 'O serviço bloqueou esta solicitação. Aguarde alguns minutos ou use outra rede.',
  THROTTLED: 'O serviço está ocupado. Aguarde um momento e tente novamente.',
  INTERNAL_ERROR: 'O serviço está com um problema. Aguarde um momento e tente novamente.',
  REFUSED: 'O serviço recusou isso. Comece de novo.',
};

/** The texts of messages as the settings of a pool give them, with AWS's defaults. */
import type { CodePurpose, Medium } from '../domain/codes.ts';
import type { Pool } from '../service/pool.ts';
import { CODE_PARAMETER, USERNAME_PARAMETER } from '../triggers/custom-message.ts';

/** The text of a message, with its parameters. */
export interface MessageTemplate {
  /** Undefined for a text message. */
  readonly subject: string | undefined;
  readonly body: string;
}

const VERIFICATION = `Your verification code is ${CODE_PARAMETER}`;
/** The guide has no default for the e-mails of a second factor. It is that of text messages. */
const AUTHENTICATION = `Your authentication code is ${CODE_PARAMETER}`;
const INVITATION = `Your username is ${USERNAME_PARAMETER} and temporary password is ${CODE_PARAMETER}`;
const LINK = 'Please click the link below to verify your email address. {##Verify Email##}';

export function templateOf(
  { settings }: Pick<Pool, 'settings'>,
  purpose: CodePurpose,
  medium: Medium,
): MessageTemplate {
  if (purpose === 'AdminCreateUser') return invitationOf(settings, medium);
  if (purpose === 'SMS_MFA' || purpose === 'EMAIL_OTP' || purpose === 'SMS_OTP') {
    return authenticationOf(settings, medium);
  }
  return verificationOf(settings, medium, purpose === 'ConfirmSignUp');
}

type Settings = Pool['settings'];

function invitationOf({ userPool }: Settings, medium: Medium): MessageTemplate {
  const template = userPool.AdminCreateUserConfig?.InviteMessageTemplate ?? {};
  if (medium === 'SMS') return { subject: undefined, body: template.SMSMessage ?? INVITATION };
  return {
    subject: template.EmailSubject ?? 'Your temporary password',
    body: template.EmailMessage ?? INVITATION,
  };
}

function authenticationOf({ userPool, mfa }: Settings, medium: Medium): MessageTemplate {
  if (medium === 'SMS') {
    const given = mfa.SmsMfaConfiguration?.SmsAuthenticationMessage ?? userPool.SmsAuthenticationMessage;
    return { subject: undefined, body: given ?? AUTHENTICATION };
  }
  const { Subject = 'Your authentication code', Message = AUTHENTICATION } = mfa.EmailMfaConfiguration ?? {};
  return { subject: Subject, body: Message };
}

/** @param mayBeLink whether a link can stand in for the code, which is so for a new user */
function verificationOf({ userPool }: Settings, medium: Medium, mayBeLink: boolean): MessageTemplate {
  const template = userPool.VerificationMessageTemplate ?? {};
  if (medium === 'SMS') {
    return {
      subject: undefined,
      body: template.SmsMessage ?? userPool.SmsVerificationMessage ?? VERIFICATION,
    };
  }
  if (mayBeLink && template.DefaultEmailOption === 'CONFIRM_WITH_LINK') {
    return {
      subject: template.EmailSubjectByLink ?? 'Your verification link',
      body: template.EmailMessageByLink ?? LINK,
    };
  }
  return {
    subject: template.EmailSubject ?? userPool.EmailVerificationSubject ?? 'Your verification code',
    body: template.EmailMessage ?? userPool.EmailVerificationMessage ?? VERIFICATION,
  };
}

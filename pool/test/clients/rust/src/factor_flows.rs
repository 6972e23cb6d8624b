//! Challenges beside the password: one-time codes, those of triggers, and the choice and the set-up of a second factor. And RevokeToken.
//! Each case has a pool of its own, with one user, alice.
use aws_sdk_cognitoidentityprovider::operation::initiate_auth::InitiateAuthOutput;
use aws_sdk_cognitoidentityprovider::types::{
    AttributeType, AuthFactorType, AuthFlowType, ChallengeNameType, EmailConfigurationType,
    EmailMfaConfigType, EmailMfaSettingsType, EmailSendingAccountType, LambdaConfigType,
    SignInPolicyType, SmsConfigurationType, SmsMfaConfigType, SmsMfaSettingsType,
    SoftwareTokenMfaConfigType, UserPoolMfaType, UserPoolPolicyType,
};

use crate::cases::{Failure, Outcome, expect, refused_with};
use crate::codes::{last_code, totp};
use crate::pool::{PASSWORD, Pool, attribute, present, texts};

const QUESTION: &str = "6 times 7";
const ANSWER: &str = "42";

/// A function of scripts/clients-lambda.mjs.
fn function(name: &str) -> String {
    format!("arn:aws:lambda:us-east-1:123456789012:function:{name}")
}

fn email() -> Result<Vec<AttributeType>, Failure> {
    Ok(vec![
        attribute("email", "user@example.com")?,
        attribute("email_verified", "true")?,
    ])
}

fn phone() -> Result<Vec<AttributeType>, Failure> {
    Ok(vec![
        attribute("phone_number", "+4912345678")?,
        attribute("phone_number_verified", "true")?,
    ])
}

impl Pool {
    /// Creates a pool with triggers, with codes as a first factor, and with every second factor.
    fn create_factor_pool(&self, attributes: Vec<AttributeType>) -> Result<Pool, Failure> {
        let mut own = Pool::connect(self.endpoint.clone())?;
        // On AWS, codes by e-mail need an address of one's own
        let sender = EmailConfigurationType::builder()
            .email_sending_account(EmailSendingAccountType::Developer)
            .source_arn("arn:aws:ses:us-east-1:123456789012:identity/pool@example.com")
            .build();
        let triggers = LambdaConfigType::builder()
            .define_auth_challenge(function("DefineAuthChallenge"))
            .create_auth_challenge(function("CreateAuthChallenge"))
            .verify_auth_challenge_response(function("VerifyAuthChallengeResponse"))
            .build();
        let sign_in = SignInPolicyType::builder()
            .allowed_first_auth_factors(AuthFactorType::Password)
            .allowed_first_auth_factors(AuthFactorType::EmailOtp)
            .allowed_first_auth_factors(AuthFactorType::SmsOtp)
            .build();
        let created = own.wait(
            own.idp
                .create_user_pool()
                .pool_name("factors")
                .email_configuration(sender)
                .lambda_config(triggers)
                .policies(
                    UserPoolPolicyType::builder()
                        .sign_in_policy(sign_in)
                        .build(),
                )
                .send(),
        )?;
        own.id = present(created.user_pool.and_then(|pool| pool.id), "Id")?;
        let codes = EmailMfaConfigType::builder()
            .subject("Code")
            .message("Your code is {####}")
            .build();
        let sms = SmsConfigurationType::builder()
            .sns_caller_arn("arn:aws:iam::123456789012:role/sms")
            .external_id("clients")
            .build();
        own.wait(
            own.idp
                .set_user_pool_mfa_config()
                .user_pool_id(&own.id)
                .mfa_configuration(UserPoolMfaType::Optional)
                .email_mfa_configuration(codes)
                .sms_mfa_configuration(SmsMfaConfigType::builder().sms_configuration(sms).build())
                .send(),
        )?;
        own.client_id = own.create_client()?;
        own.create_user("alice", attributes)?;
        Ok(own)
    }

    /// Creates a pool that demands an authenticator app of every user.
    fn create_strict_pool(&self) -> Result<Pool, Failure> {
        let mut own = Pool::connect(self.endpoint.clone())?;
        let created = own.wait(own.idp.create_user_pool().pool_name("required").send())?;
        own.id = present(created.user_pool.and_then(|pool| pool.id), "Id")?;
        own.wait(
            own.idp
                .set_user_pool_mfa_config()
                .user_pool_id(&own.id)
                .mfa_configuration(UserPoolMfaType::On)
                .software_token_mfa_configuration(
                    SoftwareTokenMfaConfigType::builder().enabled(true).build(),
                )
                .send(),
        )?;
        own.client_id = own.create_client()?;
        own.create_user("alice", vec![])?;
        Ok(own)
    }

    fn begin_preferring(
        &self,
        preferred: &ChallengeNameType,
    ) -> Result<InitiateAuthOutput, Failure> {
        self.initiate(
            &self.client_id,
            AuthFlowType::UserAuth,
            texts([
                ("USERNAME", "alice"),
                ("PREFERRED_CHALLENGE", preferred.as_str()),
            ]),
        )
    }

    /// Answers a choice, and gives the session of the challenge that follows.
    fn choose(
        &self,
        asked: InitiateAuthOutput,
        name: ChallengeNameType,
        chosen: ChallengeNameType,
    ) -> Result<Option<String>, Failure> {
        expect(asked.challenge_name, Some(name.clone()))?;
        let answer = texts([("USERNAME", "alice"), ("ANSWER", chosen.as_str())]);
        let reply = self.respond(&self.client_id, name, asked.session, answer)?;
        expect(reply.challenge_name, Some(chosen))?;
        Ok(reply.session)
    }

    /// Answers a challenge with the code that was sent, and fails unless tokens follow.
    fn answer_code(&self, name: ChallengeNameType, session: Option<String>) -> Outcome {
        let code = last_code(self, "alice")?;
        let member = format!("{name}_CODE");
        let answer = texts([("USERNAME", "alice"), (&member, &code)]);
        let reply = self.respond(&self.client_id, name, session, answer)?;
        present(reply.authentication_result, "AuthenticationResult")?;
        Ok(())
    }

    pub fn first_factor_password(&mut self) -> Outcome {
        let own = self.create_factor_pool(vec![])?;
        let name = ChallengeNameType::Password;
        let asked = own.begin_preferring(&name)?;
        let answer = texts([("USERNAME", "alice"), ("PASSWORD", PASSWORD)]);
        own.finish(asked, name, answer)?;
        Ok(())
    }

    pub fn first_factor_email(&mut self) -> Outcome {
        let own = self.create_factor_pool(email()?)?;
        let name = ChallengeNameType::EmailOtp;
        let asked = own.begin_preferring(&name)?;
        expect(asked.challenge_name.as_ref(), Some(&name))?;
        own.answer_code(name, asked.session)
    }

    pub fn first_factor_sms(&mut self) -> Outcome {
        let own = self.create_factor_pool(phone()?)?;
        let flow = AuthFlowType::UserAuth;
        let asked = own.initiate(&own.client_id, flow, texts([("USERNAME", "alice")]))?;
        let name = ChallengeNameType::SmsOtp;
        expect(asked.available_challenges().contains(&name), true)?;
        let session = own.choose(asked, ChallengeNameType::SelectChallenge, name.clone())?;
        own.answer_code(name, session)
    }

    fn ask_question(&self) -> Result<InitiateAuthOutput, Failure> {
        let flow = AuthFlowType::CustomAuth;
        let asked = self.initiate(&self.client_id, flow, texts([("USERNAME", "alice")]))?;
        let parameters = asked.challenge_parameters.as_ref();
        let question = parameters.and_then(|texts| texts.get("question"));
        expect(question.map(String::as_str), Some(QUESTION))?;
        Ok(asked)
    }

    pub fn custom_challenge(&mut self) -> Outcome {
        let own = self.create_factor_pool(vec![])?;
        let answer = texts([("USERNAME", "alice"), ("ANSWER", ANSWER)]);
        own.finish(
            own.ask_question()?,
            ChallengeNameType::CustomChallenge,
            answer,
        )?;
        Ok(())
    }

    pub fn custom_challenge_wrong(&mut self) -> Outcome {
        let own = self.create_factor_pool(vec![])?;
        let asked = own.ask_question()?;
        let answer = texts([("USERNAME", "alice"), ("ANSWER", "41")]);
        refused_with(
            own.finish(asked, ChallengeNameType::CustomChallenge, answer),
            "NotAuthorizedException",
            "Incorrect username or password.",
        )
    }

    pub fn second_factor_email(&mut self) -> Outcome {
        let own = self.create_factor_pool(email()?)?;
        let settings = EmailMfaSettingsType::builder()
            .enabled(true)
            .preferred_mfa(true)
            .build();
        let request = own
            .idp
            .admin_set_user_mfa_preference()
            .user_pool_id(&own.id)
            .username("alice");
        own.wait(request.email_mfa_settings(settings).send())?;
        let asked = own.begin("alice", PASSWORD)?;
        let name = ChallengeNameType::EmailOtp;
        expect(asked.challenge_name.as_ref(), Some(&name))?;
        own.answer_code(name, asked.session)
    }

    pub fn choice_of_second_factor(&mut self) -> Outcome {
        let own = self.create_factor_pool([email()?, phone()?].concat())?;
        let request = own
            .idp
            .admin_set_user_mfa_preference()
            .user_pool_id(&own.id)
            .username("alice");
        own.wait(
            request
                .email_mfa_settings(EmailMfaSettingsType::builder().enabled(true).build())
                .sms_mfa_settings(SmsMfaSettingsType::builder().enabled(true).build())
                .send(),
        )?;
        let asked = own.begin("alice", PASSWORD)?;
        let name = ChallengeNameType::EmailOtp;
        let session = own.choose(asked, ChallengeNameType::SelectMfaType, name.clone())?;
        own.answer_code(name, session)
    }

    pub fn set_up_of_second_factor(&mut self) -> Outcome {
        let own = self.create_strict_pool()?;
        let mut asked = own.begin("alice", PASSWORD)?;
        let parameters = asked.challenge_parameters.as_ref();
        let offered = parameters.and_then(|texts| texts.get("MFAS_CAN_SETUP"));
        expect(
            offered.map(String::as_str),
            Some("[\"SOFTWARE_TOKEN_MFA\"]"),
        )?;
        let request = own.idp.associate_software_token();
        let token = own.wait(request.set_session(asked.session).send())?;
        let secret = present(token.secret_code, "SecretCode")?;
        let request = own.idp.verify_software_token().user_code(totp(&secret, 0)?);
        asked.session = own.wait(request.set_session(token.session).send())?.session;
        let name = ChallengeNameType::MfaSetup;
        own.finish(asked, name, texts([("USERNAME", "alice")]))?;
        let again = own.begin("alice", PASSWORD)?;
        let code = totp(&secret, 1)?;
        let answer = texts([("USERNAME", "alice"), ("SOFTWARE_TOKEN_MFA_CODE", &code)]);
        own.finish(again, ChallengeNameType::SoftwareTokenMfa, answer)?;
        Ok(())
    }

    pub fn revocation(&mut self) -> Outcome {
        let tokens = self.sign_in("alice")?;
        let refresh_token = present(tokens.refresh_token, "RefreshToken")?;
        self.wait(
            self.idp
                .revoke_token()
                .client_id(&self.client_id)
                .token(&refresh_token)
                .send(),
        )?;
        let parameters = texts([("REFRESH_TOKEN", &refresh_token)]);
        refused_with(
            self.initiate(&self.client_id, AuthFlowType::RefreshTokenAuth, parameters),
            "NotAuthorizedException",
            "Refresh Token has been revoked",
        )?;
        let request = self.idp.get_user().set_access_token(tokens.access_token);
        refused_with(
            self.wait(request.send()),
            "NotAuthorizedException",
            "Access Token has been revoked",
        )
    }
}

//! Sign-ins that send the password itself, the challenges that follow them, and the refresh of tokens.
use aws_sdk_cognitoidentityprovider::types::{
    AuthFlowType, ChallengeNameType, FeatureType, RefreshTokenRotationType, SmsMfaSettingsType,
    SoftwareTokenMfaSettingsType,
};
use serde_json::json;

use crate::cases::{Failure, Outcome, expect, refused_with};
use crate::codes::{claims_of, last_code, secret_hash, totp};
use crate::pool::{FLOWS, OTHER_PASSWORD, PASSWORD, Pool, attribute, present, texts};

impl Pool {
    pub fn by_password(&mut self) -> Outcome {
        let tokens = self.sign_in("alice")?;
        let claims = claims_of(&present(tokens.id_token, "IdToken")?)?;
        expect(&claims["cognito:groups"], &json!(["writers"]))
    }

    pub fn by_wrong_password(&mut self) -> Outcome {
        let wrong = self.begin("alice", "Wrong-Horse-9");
        refused_with(
            wrong,
            "NotAuthorizedException",
            "Incorrect username or password.",
        )?;
        refused_with(
            self.begin("nobody", PASSWORD),
            "UserNotFoundException",
            "User does not exist.",
        )
    }

    pub fn by_administrator(&mut self) -> Outcome {
        let request = self
            .idp
            .admin_initiate_auth()
            .user_pool_id(&self.id)
            .client_id(&self.client_id);
        let parameters = texts([("USERNAME", "alice"), ("PASSWORD", PASSWORD)]);
        let reply = self.wait(
            request
                .auth_flow(AuthFlowType::AdminUserPasswordAuth)
                .set_auth_parameters(Some(parameters))
                .send(),
        )?;
        let tokens = present(reply.authentication_result, "AuthenticationResult")?;
        let claims = claims_of(&present(tokens.access_token, "AccessToken")?)?;
        expect(&claims["username"], "alice")
    }

    pub fn by_choice(&mut self) -> Outcome {
        let asked = self.initiate(
            &self.client_id,
            AuthFlowType::UserAuth,
            texts([("USERNAME", "alice")]),
        )?;
        let answer = texts([
            ("USERNAME", "alice"),
            ("ANSWER", "PASSWORD"),
            ("PASSWORD", PASSWORD),
        ]);
        self.finish(asked, ChallengeNameType::SelectChallenge, answer)?;
        Ok(())
    }

    pub fn new_password(&mut self) -> Outcome {
        self.create_temporary_user("new", vec![])?;
        let asked = self.begin("new", PASSWORD)?;
        let answer = texts([("USERNAME", "new"), ("NEW_PASSWORD", OTHER_PASSWORD)]);
        self.finish(asked, ChallengeNameType::NewPasswordRequired, answer)?;
        present(
            self.begin("new", OTHER_PASSWORD)?.authentication_result,
            "AuthenticationResult",
        )?;
        Ok(())
    }

    pub fn with_secret(&mut self) -> Outcome {
        let server = self.create_client_with_secret()?;
        let mut parameters = texts([("USERNAME", "alice"), ("PASSWORD", PASSWORD)]);
        let without = self.initiate(
            &server.id,
            AuthFlowType::UserPasswordAuth,
            parameters.clone(),
        );
        let missing = format!(
            "Client {} is configured with secret but SECRET_HASH was not received",
            server.id
        );
        refused_with(without, "NotAuthorizedException", &missing)?;
        let hash = secret_hash("alice", &server.id, &server.secret)?;
        parameters.insert("SECRET_HASH".to_owned(), hash);
        let reply = self.initiate(&server.id, AuthFlowType::UserPasswordAuth, parameters)?;
        present(reply.authentication_result, "AuthenticationResult")?;
        Ok(())
    }

    pub fn refresh(&mut self) -> Outcome {
        let token = self.refresh_token("alice")?;
        let parameters = texts([("REFRESH_TOKEN", &token)]);
        let reply = self.initiate(&self.client_id, AuthFlowType::RefreshTokenAuth, parameters)?;
        present(reply.authentication_result, "AuthenticationResult")?;
        let request = self
            .idp
            .get_tokens_from_refresh_token()
            .client_id(&self.client_id)
            .refresh_token(token);
        present(
            self.wait(request.send())?.authentication_result,
            "AuthenticationResult",
        )?;
        Ok(())
    }

    fn refresh_token(&self, username: &str) -> Result<String, Failure> {
        present(self.sign_in(username)?.refresh_token, "RefreshToken")
    }

    pub fn refresh_with_secret(&mut self) -> Outcome {
        let server = self.create_client_with_secret()?;
        let hash = secret_hash("alice", &server.id, &server.secret)?;
        let parameters = texts([
            ("USERNAME", "alice"),
            ("PASSWORD", PASSWORD),
            ("SECRET_HASH", &hash),
        ]);
        let reply = self.initiate(&server.id, AuthFlowType::UserPasswordAuth, parameters)?;
        let token = present(
            reply
                .authentication_result
                .and_then(|tokens| tokens.refresh_token),
            "RefreshToken",
        )?;
        let parameters = texts([("REFRESH_TOKEN", token.as_str()), ("SECRET_HASH", &hash)]);
        let reply = self.initiate(&server.id, AuthFlowType::RefreshTokenAuth, parameters)?;
        present(reply.authentication_result, "AuthenticationResult")?;
        Ok(())
    }

    pub fn refresh_with_rotation(&mut self) -> Outcome {
        let rotation = RefreshTokenRotationType::builder()
            .feature(FeatureType::Enabled)
            .retry_grace_period_seconds(0)
            .build()?;
        let request = self
            .idp
            .create_user_pool_client()
            .user_pool_id(&self.id)
            .client_name("rotating");
        let flows = FLOWS[..5].to_vec();
        let created = self.wait(
            request
                .refresh_token_rotation(rotation)
                .set_explicit_auth_flows(Some(flows))
                .send(),
        )?;
        let id = present(
            created.user_pool_client.and_then(|client| client.client_id),
            "ClientId",
        )?;
        let parameters = texts([("USERNAME", "alice"), ("PASSWORD", PASSWORD)]);
        let reply = self.initiate(&id, AuthFlowType::UserPasswordAuth, parameters)?;
        let first = present(
            reply
                .authentication_result
                .and_then(|tokens| tokens.refresh_token),
            "RefreshToken",
        )?;
        let renew = || {
            self.wait(
                self.idp
                    .get_tokens_from_refresh_token()
                    .client_id(&id)
                    .refresh_token(&first)
                    .send(),
            )
        };
        let second = present(
            renew()?
                .authentication_result
                .and_then(|tokens| tokens.refresh_token),
            "RefreshToken",
        )?;
        expect(second == first, false)?;
        let code = renew().err().and_then(|refusal| refusal.code);
        expect(code.as_deref(), Some("RefreshTokenReuseException"))
    }

    /// Gives a user an authenticator app, and gives its secret.
    pub fn enable_totp(&self, username: &str) -> Result<String, Failure> {
        let access_token = self.access_token(username)?;
        let reply = self.wait(
            self.idp
                .associate_software_token()
                .access_token(&access_token)
                .send(),
        )?;
        let secret = present(reply.secret_code, "SecretCode")?;
        let code = totp(&secret, 0)?;
        self.wait(
            self.idp
                .verify_software_token()
                .access_token(&access_token)
                .user_code(code)
                .send(),
        )?;
        let settings = SoftwareTokenMfaSettingsType::builder()
            .enabled(true)
            .preferred_mfa(true)
            .build();
        let request = self
            .idp
            .set_user_mfa_preference()
            .access_token(access_token);
        self.wait(request.software_token_mfa_settings(settings).send())?;
        Ok(secret)
    }

    pub fn with_totp(&mut self) -> Outcome {
        self.create_user("totp", vec![])?;
        let secret = self.enable_totp("totp")?;
        let asked = self.begin("totp", PASSWORD)?;
        let code = totp(&secret, 1)?;
        let answer = texts([("USERNAME", "totp"), ("SOFTWARE_TOKEN_MFA_CODE", &code)]);
        self.finish(asked, ChallengeNameType::SoftwareTokenMfa, answer)?;
        Ok(())
    }

    pub fn with_sms(&mut self) -> Outcome {
        let phone = vec![
            attribute("phone_number", "+4912345678")?,
            attribute("phone_number_verified", "true")?,
        ];
        self.create_user("sms", phone)?;
        let settings = SmsMfaSettingsType::builder()
            .enabled(true)
            .preferred_mfa(true)
            .build();
        let request = self
            .idp
            .admin_set_user_mfa_preference()
            .user_pool_id(&self.id)
            .username("sms");
        self.wait(request.sms_mfa_settings(settings).send())?;
        let asked = self.begin("sms", PASSWORD)?;
        let code = last_code(self, "sms")?;
        let answer = texts([("USERNAME", "sms"), ("SMS_MFA_CODE", &code)]);
        self.finish(asked, ChallengeNameType::SmsMfa, answer)?;
        Ok(())
    }
}

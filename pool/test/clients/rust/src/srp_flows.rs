//! Sign-ins by SRP. The proofs of the password and of the device are those of the crate aws-cognito-srp.
use std::collections::HashMap;

use aws_cognito_srp::{SrpClient, TrackedDevice, UntrackedDevice, User};
use aws_sdk_cognitoidentityprovider::operation::respond_to_auth_challenge::RespondToAuthChallengeOutput;
use aws_sdk_cognitoidentityprovider::types::{
    AuthFlowType, AuthenticationResultType, ChallengeNameType, DeviceConfigurationType,
    DeviceSecretVerifierConfigType,
};

use crate::cases::{Failure, Outcome, expect, failed, refused_with};
use crate::codes::{claims_of, totp};
use crate::pool::{OTHER_PASSWORD, PASSWORD, Pool, Server, present, texts};

/// Who signs in, and what more each request says.
struct SignIn<'a> {
    username: &'a str,
    password: &'a str,
    server: Option<&'a Server>,
    device_key: Option<&'a str>,
}

fn sign_in_of(username: &str) -> SignIn<'_> {
    SignIn {
        username,
        password: PASSWORD,
        server: None,
        device_key: None,
    }
}

fn parameter<'a>(parameters: &'a HashMap<String, String>, name: &str) -> Result<&'a str, Failure> {
    parameters
        .get(name)
        .map(String::as_str)
        .ok_or_else(|| failed(format!("the challenge has no {name}")))
}

impl Pool {
    /// Proves the password, and gives the answer to the proof.
    fn prove(&self, who: SignIn<'_>) -> Result<RespondToAuthChallengeOutput, Failure> {
        let client_id = who.server.map_or(&self.client_id, |server| &server.id);
        let secret = who.server.map(|server| server.secret.as_str());
        let srp = SrpClient::new(
            User::new(&self.id, who.username, who.password),
            client_id,
            secret,
        );
        let mut more = HashMap::new();
        more.extend(
            srp.get_secret_hash()
                .map(|hash| ("SECRET_HASH".to_owned(), hash)),
        );
        more.extend(
            who.device_key
                .map(|key| ("DEVICE_KEY".to_owned(), key.to_owned())),
        );
        let first = srp.get_auth_parameters();
        let mut parameters = texts([("USERNAME", &first.username), ("SRP_A", &first.a)]);
        parameters.extend(more.clone());
        let asked = self.initiate(client_id, AuthFlowType::UserSrpAuth, parameters)?;
        expect(
            &asked.challenge_name,
            &Some(ChallengeNameType::PasswordVerifier),
        )?;
        let challenge = present(asked.challenge_parameters, "ChallengeParameters")?;
        let user_id = parameter(&challenge, "USER_ID_FOR_SRP")?;
        let proof = srp.verify(
            parameter(&challenge, "SECRET_BLOCK")?,
            user_id,
            parameter(&challenge, "SALT")?,
            parameter(&challenge, "SRP_B")?,
        )?;
        let mut responses = texts([
            ("USERNAME", user_id),
            (
                "PASSWORD_CLAIM_SECRET_BLOCK",
                &proof.password_claim_secret_block,
            ),
            ("PASSWORD_CLAIM_SIGNATURE", &proof.password_claim_signature),
            ("TIMESTAMP", &proof.timestamp),
        ]);
        responses.extend(more);
        self.respond(
            client_id,
            ChallengeNameType::PasswordVerifier,
            asked.session,
            responses,
        )
    }

    /// Proves the password, and fails unless tokens follow.
    fn sign_in_by_srp(&self, who: SignIn<'_>) -> Result<AuthenticationResultType, Failure> {
        present(
            self.prove(who)?.authentication_result,
            "AuthenticationResult",
        )
    }

    pub fn by_srp(&mut self) -> Outcome {
        let tokens = self.sign_in_by_srp(sign_in_of("alice"))?;
        let claims = claims_of(&present(tokens.access_token, "AccessToken")?)?;
        expect(&claims["username"], "alice")
    }

    pub fn by_srp_wrong_password(&mut self) -> Outcome {
        let wrong = self.prove(SignIn {
            password: "Wrong-Horse-9",
            ..sign_in_of("alice")
        });
        refused_with(
            wrong,
            "NotAuthorizedException",
            "Incorrect username or password.",
        )
    }

    pub fn by_srp_with_secret(&mut self) -> Outcome {
        let server = self.create_client_with_secret()?;
        let tokens = self.sign_in_by_srp(SignIn {
            server: Some(&server),
            ..sign_in_of("alice")
        })?;
        let claims = claims_of(&present(tokens.access_token, "AccessToken")?)?;
        expect(&claims["client_id"], server.id.as_str())
    }

    pub fn new_password_by_srp(&mut self) -> Outcome {
        self.create_temporary_user("newer", vec![])?;
        let asked = self.prove(sign_in_of("newer"))?;
        expect(
            &asked.challenge_name,
            &Some(ChallengeNameType::NewPasswordRequired),
        )?;
        let answer = texts([("USERNAME", "newer"), ("NEW_PASSWORD", OTHER_PASSWORD)]);
        self.respond(
            &self.client_id,
            ChallengeNameType::NewPasswordRequired,
            asked.session,
            answer,
        )?;
        self.sign_in_by_srp(SignIn {
            password: OTHER_PASSWORD,
            ..sign_in_of("newer")
        })?;
        Ok(())
    }

    pub fn totp_by_srp(&mut self) -> Outcome {
        self.create_user("srp-totp", vec![])?;
        let secret = self.enable_totp("srp-totp")?;
        let asked = self.prove(sign_in_of("srp-totp"))?;
        expect(
            &asked.challenge_name,
            &Some(ChallengeNameType::SoftwareTokenMfa),
        )?;
        let code = totp(&secret, 1)?;
        let answer = texts([("USERNAME", "srp-totp"), ("SOFTWARE_TOKEN_MFA_CODE", &code)]);
        let reply = self.respond(
            &self.client_id,
            ChallengeNameType::SoftwareTokenMfa,
            asked.session,
            answer,
        )?;
        present(reply.authentication_result, "AuthenticationResult")?;
        Ok(())
    }

    /// The last case of SRP, because from then on the pool asks for devices.
    pub fn by_srp_with_device(&mut self) -> Outcome {
        let devices = DeviceConfigurationType::builder()
            .challenge_required_on_new_device(true)
            .build();
        self.wait(
            self.idp
                .update_user_pool()
                .user_pool_id(&self.id)
                .device_configuration(devices)
                .send(),
        )?;
        self.create_user("device", vec![])?;
        let first = self.sign_in_by_srp(sign_in_of("device"))?;
        let metadata = present(first.new_device_metadata, "NewDeviceMetadata")?;
        let key = present(metadata.device_key, "DeviceKey")?;
        let group = present(metadata.device_group_key, "DeviceGroupKey")?;
        let untracked = SrpClient::new(
            UntrackedDevice::new(&self.id, &group, &key),
            &self.client_id,
            None,
        );
        let made = untracked.get_password_verifier();
        let verifier = DeviceSecretVerifierConfigType::builder()
            .password_verifier(made.verifier)
            .salt(made.salt)
            .build();
        let request = self
            .idp
            .confirm_device()
            .device_key(&key)
            .device_secret_verifier_config(verifier);
        self.wait(
            request
                .access_token(present(first.access_token, "AccessToken")?)
                .send(),
        )?;
        let second = self.sign_in_on_device(&group, &key, &made.password)?;
        expect(second.new_device_metadata.is_none(), true)?;
        let claims = claims_of(&present(second.access_token, "AccessToken")?)?;
        expect(&claims["device_key"], key.as_str())?;
        let wrong = self.sign_in_on_device(&group, &key, "wrong");
        refused_with(
            wrong,
            "NotAuthorizedException",
            "Incorrect username or password.",
        )
    }

    /// Proves the password, and then that this is a device of the user.
    fn sign_in_on_device(
        &self,
        group: &str,
        key: &str,
        password: &str,
    ) -> Result<AuthenticationResultType, Failure> {
        let asked = self.prove(SignIn {
            device_key: Some(key),
            ..sign_in_of("device")
        })?;
        expect(
            &asked.challenge_name,
            &Some(ChallengeNameType::DeviceSrpAuth),
        )?;
        let srp = SrpClient::new(
            TrackedDevice::new(&self.id, group, key, password),
            &self.client_id,
            None,
        );
        let of_device = texts([("USERNAME", "device"), ("DEVICE_KEY", key)]);
        let mut responses = texts([("SRP_A", &srp.get_auth_parameters().a)]);
        responses.extend(of_device.clone());
        let asked = self.respond(
            &self.client_id,
            ChallengeNameType::DeviceSrpAuth,
            asked.session,
            responses,
        )?;
        let challenge = present(asked.challenge_parameters, "ChallengeParameters")?;
        let proof = srp.verify(
            parameter(&challenge, "SECRET_BLOCK")?,
            parameter(&challenge, "SALT")?,
            parameter(&challenge, "SRP_B")?,
        )?;
        let mut responses = texts([
            (
                "PASSWORD_CLAIM_SECRET_BLOCK",
                &proof.password_claim_secret_block,
            ),
            ("PASSWORD_CLAIM_SIGNATURE", &proof.password_claim_signature),
            ("TIMESTAMP", &proof.timestamp),
        ]);
        responses.extend(of_device);
        let name = ChallengeNameType::DevicePasswordVerifier;
        let reply = self.respond(&self.client_id, name, asked.session, responses)?;
        present(reply.authentication_result, "AuthenticationResult")
    }
}

//! A user pool that the AWS SDK for Rust sets up and signs in to.
use std::collections::HashMap;
use std::future::Future;

use aws_sdk_cognitoidentityprovider::Client;
use aws_sdk_cognitoidentityprovider::config::http::HttpResponse;
use aws_sdk_cognitoidentityprovider::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_cognitoidentityprovider::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_cognitoidentityprovider::operation::initiate_auth::InitiateAuthOutput;
use aws_sdk_cognitoidentityprovider::operation::respond_to_auth_challenge::RespondToAuthChallengeOutput;
use aws_sdk_cognitoidentityprovider::types::{
    AttributeType, AuthFlowType, AuthenticationResultType, ChallengeNameType,
    ExplicitAuthFlowsType, MessageActionType, SmsConfigurationType, SmsMfaConfigType,
    SoftwareTokenMfaConfigType, UserPoolMfaType, VerifiedAttributeType,
};
use tokio::runtime::{Builder, Runtime};

use crate::cases::{Failure, Outcome, expect, failed};

pub const PASSWORD: &str = "Correct-Horse-9";
pub const OTHER_PASSWORD: &str = "Another-Horse-8";

pub const FLOWS: [ExplicitAuthFlowsType; 6] = [
    ExplicitAuthFlowsType::AllowUserSrpAuth,
    ExplicitAuthFlowsType::AllowUserPasswordAuth,
    ExplicitAuthFlowsType::AllowAdminUserPasswordAuth,
    ExplicitAuthFlowsType::AllowUserAuth,
    ExplicitAuthFlowsType::AllowCustomAuth,
    ExplicitAuthFlowsType::AllowRefreshTokenAuth,
];

pub struct Pool {
    pub idp: Client,
    pub endpoint: String,
    pub id: String,
    pub client_id: String,
    runtime: Runtime,
}

/// An app client with a secret.
pub struct Server {
    pub id: String,
    pub secret: String,
}

pub fn texts<const N: usize>(pairs: [(&str, &str); N]) -> HashMap<String, String> {
    pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
}

pub fn attribute(name: &str, value: &str) -> Result<AttributeType, Failure> {
    Ok(AttributeType::builder().name(name).value(value).build()?)
}

/// A member that the service leaves out in some answers, and must have in this one.
pub fn present<T>(member: Option<T>, name: &str) -> Result<T, Failure> {
    member.ok_or_else(|| failed(format!("the answer has no {name}")))
}

impl Pool {
    pub fn connect(endpoint: String) -> Result<Self, Failure> {
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(&endpoint)
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::new("any", "any", None, None, "clients"))
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .build();
        Ok(Self {
            idp: Client::from_conf(config),
            endpoint,
            id: String::new(),
            client_id: String::new(),
            runtime: Builder::new_current_thread().enable_all().build()?,
        })
    }

    /// Waits for the answer to a request.
    pub fn wait<T, E>(
        &self,
        request: impl Future<Output = Result<T, SdkError<E, HttpResponse>>>,
    ) -> Result<T, Failure>
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        self.runtime
            .block_on(request)
            .map_err(|error| match error.code() {
                Some(code) => Failure {
                    code: Some(code.to_owned()),
                    message: error.message().unwrap_or_default().to_owned(),
                },
                None => failed(DisplayErrorContext(&error).to_string()),
            })
    }

    pub fn set_up(&mut self) -> Outcome {
        let email = VerifiedAttributeType::Email;
        let created = self.wait(
            self.idp
                .create_user_pool()
                .pool_name("clients")
                .auto_verified_attributes(email)
                .send(),
        )?;
        self.id = present(created.user_pool.and_then(|pool| pool.id), "Id")?;
        let sms = SmsConfigurationType::builder()
            .sns_caller_arn("arn:aws:iam::123456789012:role/sms")
            .external_id("clients")
            .build();
        self.wait(
            self.idp
                .set_user_pool_mfa_config()
                .user_pool_id(&self.id)
                .mfa_configuration(UserPoolMfaType::Optional)
                .software_token_mfa_configuration(
                    SoftwareTokenMfaConfigType::builder().enabled(true).build(),
                )
                .sms_mfa_configuration(SmsMfaConfigType::builder().sms_configuration(sms).build())
                .send(),
        )?;
        self.client_id = self.create_client()?;
        self.create_user("alice", vec![])?;
        self.wait(
            self.idp
                .create_group()
                .user_pool_id(&self.id)
                .group_name("writers")
                .send(),
        )?;
        self.wait(
            self.idp
                .admin_add_user_to_group()
                .user_pool_id(&self.id)
                .group_name("writers")
                .username("alice")
                .send(),
        )?;
        let found = self.wait(
            self.idp
                .list_users_in_group()
                .user_pool_id(&self.id)
                .group_name("writers")
                .send(),
        )?;
        let names: Vec<&str> = found
            .users()
            .iter()
            .filter_map(|user| user.username())
            .collect();
        expect(names, ["alice"])
    }

    pub fn create_client(&self) -> Result<String, Failure> {
        let request = self
            .idp
            .create_user_pool_client()
            .user_pool_id(&self.id)
            .client_name("app");
        let created = self.wait(request.set_explicit_auth_flows(Some(FLOWS.to_vec())).send())?;
        present(
            created.user_pool_client.and_then(|client| client.client_id),
            "ClientId",
        )
    }

    pub fn create_client_with_secret(&self) -> Result<Server, Failure> {
        let request = self
            .idp
            .create_user_pool_client()
            .user_pool_id(&self.id)
            .client_name("server");
        let created = self
            .wait(
                request
                    .generate_secret(true)
                    .set_explicit_auth_flows(Some(FLOWS.to_vec()))
                    .send(),
            )?
            .user_pool_client;
        let client = present(created, "UserPoolClient")?;
        Ok(Server {
            id: present(client.client_id, "ClientId")?,
            secret: present(client.client_secret, "ClientSecret")?,
        })
    }

    pub fn create_temporary_user(&self, username: &str, attributes: Vec<AttributeType>) -> Outcome {
        let request = self
            .idp
            .admin_create_user()
            .user_pool_id(&self.id)
            .username(username);
        let quiet = request
            .temporary_password(PASSWORD)
            .message_action(MessageActionType::Suppress);
        self.wait(quiet.set_user_attributes(Some(attributes)).send())?;
        Ok(())
    }

    pub fn create_user(&self, username: &str, attributes: Vec<AttributeType>) -> Outcome {
        self.create_temporary_user(username, attributes)?;
        let request = self
            .idp
            .admin_set_user_password()
            .user_pool_id(&self.id)
            .username(username);
        self.wait(request.password(PASSWORD).permanent(true).send())?;
        Ok(())
    }

    pub fn initiate(
        &self,
        client_id: &str,
        flow: AuthFlowType,
        parameters: HashMap<String, String>,
    ) -> Result<InitiateAuthOutput, Failure> {
        let request = self
            .idp
            .initiate_auth()
            .client_id(client_id)
            .auth_flow(flow);
        self.wait(request.set_auth_parameters(Some(parameters)).send())
    }

    /// Begins a sign-in with a password.
    pub fn begin(&self, username: &str, password: &str) -> Result<InitiateAuthOutput, Failure> {
        let parameters = texts([("USERNAME", username), ("PASSWORD", password)]);
        self.initiate(&self.client_id, AuthFlowType::UserPasswordAuth, parameters)
    }

    pub fn sign_in(&self, username: &str) -> Result<AuthenticationResultType, Failure> {
        present(
            self.begin(username, PASSWORD)?.authentication_result,
            "AuthenticationResult",
        )
    }

    pub fn access_token(&self, username: &str) -> Result<String, Failure> {
        present(self.sign_in(username)?.access_token, "AccessToken")
    }

    pub fn respond(
        &self,
        client_id: &str,
        name: ChallengeNameType,
        session: Option<String>,
        responses: HashMap<String, String>,
    ) -> Result<RespondToAuthChallengeOutput, Failure> {
        let request = self
            .idp
            .respond_to_auth_challenge()
            .client_id(client_id)
            .challenge_name(name);
        self.wait(
            request
                .set_session(session)
                .set_challenge_responses(Some(responses))
                .send(),
        )
    }

    /// Answers the challenge of a first request, and fails unless tokens follow.
    pub fn finish(
        &self,
        asked: InitiateAuthOutput,
        name: ChallengeNameType,
        responses: HashMap<String, String>,
    ) -> Result<AuthenticationResultType, Failure> {
        expect(asked.challenge_name, Some(name.clone()))?;
        let reply = self.respond(&self.client_id, name, asked.session, responses)?;
        present(reply.authentication_result, "AuthenticationResult")
    }
}

//! Serves the user pools of fakecloud on one port of the loopback interface. The crate `fakecloud` has all services of AWS, and
//! compiles for much longer. This program has the crate of its user pools alone.
//!
//! Each line on standard output is a message that a user would get. The second argument is the answer to the custom challenge.
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;

use axum::extract::{Extension, Path};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use fakecloud_cognito::triggers::CognitoDeliveryContext;
use fakecloud_cognito::{pool_jwks_document, CognitoService, SharedCognitoState};
use fakecloud_core::delivery::{DeliveryBus, EmailDispatcher, LambdaDelivery, SmsDispatcher};
use fakecloud_core::dispatch::{dispatch, DispatchConfig};
use fakecloud_core::multi_account::MultiAccountState;
use fakecloud_core::registry::ServiceRegistry;
use parking_lot::RwLock;
use serde_json::{json, Value};

const REGION: &str = "us-east-1";
const ACCOUNT: &str = "123456789012";

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let port: u16 = arguments
        .next()
        .and_then(|text| text.parse().ok())
        .expect("the first argument is the port");
    let answer = arguments
        .next()
        .expect("the second argument is the answer to the custom challenge");
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .expect("the port is free");
    axum::serve(
        listener,
        make_app(port, answer).into_make_service_with_connect_info::<SocketAddr>(),
    )
    .await
    .expect("it serves");
}

fn make_app(port: u16, answer: String) -> Router {
    let endpoint = format!("http://127.0.0.1:{port}");
    let state: SharedCognitoState = Arc::new(RwLock::new(MultiAccountState::new(
        ACCOUNT, REGION, &endpoint,
    )));
    let triggers = DeliveryBus::new().with_lambda(Arc::new(CustomChallenge { answer }));
    let delivery = CognitoDeliveryContext::new(Arc::new(triggers))
        .with_email(Arc::new(Outbox))
        .with_sms(Arc::new(Outbox));
    let mut services = ServiceRegistry::new();
    services.register(Arc::new(
        CognitoService::new(state.clone()).with_delivery(delivery),
    ));
    let keys = move |Path(pool): Path<String>| async move {
        let document = pool_jwks_document(&state, &pool).await;
        document.map(Json).ok_or(StatusCode::NOT_FOUND)
    };
    Router::new()
        .route("/{pool}/.well-known/jwks.json", get(keys))
        .fallback(dispatch)
        .layer(Extension(Arc::new(services)))
        .layer(Extension(Arc::new(DispatchConfig::new(REGION, ACCOUNT))))
}

/// Writes messages to standard output.
struct Outbox;

impl SmsDispatcher for Outbox {
    fn send_sms(&self, _account: &str, _region: &str, phone_number: &str, message: &str) {
        println!("{}", json!({ "to": phone_number, "text": message }));
    }
}

impl EmailDispatcher for Outbox {
    fn send_email(
        &self,
        _account: &str,
        _from: &str,
        to: &str,
        _subject: &str,
        body_text: &str,
        _body_html: Option<&str>,
    ) {
        println!("{}", json!({ "to": to, "text": body_text }));
    }
}

/// The triggers of a sign-in with one custom challenge. They are in this process, because fakecloud runs Lambda functions in containers.
struct CustomChallenge {
    answer: String,
}

impl LambdaDelivery for CustomChallenge {
    fn invoke_lambda(
        &self,
        _function_arn: &str,
        payload: &str,
    ) -> Pin<Box<dyn Future<Output = Result<Vec<u8>, String>> + Send>> {
        let response = serde_json::from_str(payload)
            .map(|event: Value| self.answer_trigger(event).to_string().into_bytes())
            .map_err(|error| error.to_string());
        Box::pin(async move { response })
    }
}

impl CustomChallenge {
    fn answer_trigger(&self, mut event: Value) -> Value {
        let source = event["triggerSource"].as_str().unwrap_or_default();
        let request = &event["request"];
        let response = match source {
            "DefineAuthChallenge_Authentication" => {
                let last = request["session"].as_array().and_then(|all| all.last());
                define_next(last)
            }
            "CreateAuthChallenge_Authentication" => {
                json!({ "publicChallengeParameters": { "question": "the word" } })
            }
            "VerifyAuthChallengeResponse_Authentication" => {
                json!({ "answerCorrect": request["challengeAnswer"] == self.answer.as_str() })
            }
            _ => json!({}),
        };
        event["response"] = response;
        event
    }
}

/// A password over SRP comes first, if the client has begun with SRP_A.
fn define_next(last: Option<&Value>) -> Value {
    let Some(last) = last else {
        return json!({ "challengeName": "CUSTOM_CHALLENGE" });
    };
    if last["challengeResult"] != true {
        return json!({ "issueTokens": false, "failAuthentication": true });
    }
    match last["challengeName"].as_str() {
        Some("SRP_A") => json!({ "challengeName": "PASSWORD_VERIFIER" }),
        Some("PASSWORD_VERIFIER") => json!({ "challengeName": "CUSTOM_CHALLENGE" }),
        _ => json!({ "issueTokens": true, "failAuthentication": false }),
    }
}

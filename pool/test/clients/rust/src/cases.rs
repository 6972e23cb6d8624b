//! Runs the cases, and prints lines of JSON as `cases.py` beside this folder does.
use std::fmt::{Debug, Display, Formatter, Result as Formatted};

use serde_json::json;

use crate::pool::Pool;

pub type Outcome = Result<(), Failure>;

/// The name is a flow of scripts/clients-flows.mjs, with details in brackets.
pub struct Case {
    pub name: &'static str,
    pub attempt: fn(&mut Pool) -> Outcome,
    /// In what the client differs from others in this flow, although the case passes.
    pub differs: Option<&'static str>,
}

pub const fn case(name: &'static str, attempt: fn(&mut Pool) -> Outcome) -> Case {
    Case {
        name,
        attempt,
        differs: None,
    }
}

/// A refusal of the service, which has a code, or something else that went wrong.
#[derive(Debug)]
pub struct Failure {
    pub code: Option<String>,
    pub message: String,
}

impl Display for Failure {
    fn fmt(&self, out: &mut Formatter<'_>) -> Formatted {
        match &self.code {
            Some(code) => write!(out, "{code}: {}", self.message),
            None => write!(out, "{}", self.message),
        }
    }
}

/// Any other error keeps its text alone. `Failure` is not an `Error`, or this would cover it too.
impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        failed(error.to_string())
    }
}

pub fn failed(message: impl Into<String>) -> Failure {
    Failure {
        code: None,
        message: message.into(),
    }
}

pub fn run(cases: &[Case], pool: &mut Pool) {
    let names: Vec<&str> = cases.iter().map(|case| case.name).collect();
    println!("{}", json!({ "cases": names }));
    for Case {
        name,
        attempt,
        differs,
    } in cases
    {
        let line = match (attempt(pool), differs) {
            (Err(failure), _) => json!({ "name": name, "error": failure.to_string() }),
            (Ok(()), Some(reason)) => json!({ "name": name, "differs": reason }),
            (Ok(()), None) => json!({ "name": name }),
        };
        println!("{line}");
    }
}

pub fn expect<T: Debug + PartialEq<U>, U: Debug>(actual: T, expected: U) -> Outcome {
    if actual == expected {
        return Ok(());
    }
    Err(failed(format!("{actual:?} instead of {expected:?}")))
}

/// Fails unless the service has refused a call with this exception and this text.
pub fn refused_with<T>(result: Result<T, Failure>, code: &str, message: &str) -> Outcome {
    let Err(refusal) = result else {
        return Err(failed("was not refused"));
    };
    expect(refusal.code.as_deref(), Some(code))?;
    expect(refusal.message.as_str(), message)
}

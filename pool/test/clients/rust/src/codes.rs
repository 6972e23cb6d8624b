//! What a client computes or reads beside the SDK: one-time codes, SECRET_HASH, the claims of a token, the outbox of the pool.
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{SystemTime, UNIX_EPOCH};

use data_encoding::{BASE32_NOPAD, BASE64, BASE64URL_NOPAD};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha1::Sha1;
use sha2::Sha256;

use crate::cases::{Failure, failed};
use crate::pool::Pool;

/// RFC 6238 with six digits and SHA-1. A step ahead gives another code, because a code is taken once.
pub fn totp(secret: &str, steps_ahead: u64) -> Result<String, Failure> {
    let key = BASE32_NOPAD.decode(secret.as_bytes())?;
    let step = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() / 30 + steps_ahead;
    let mut mac = Hmac::<Sha1>::new_from_slice(&key)?;
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest[19] & 15);
    let number = u32::from_be_bytes([
        digest[offset] & 127,
        digest[offset + 1],
        digest[offset + 2],
        digest[offset + 3],
    ]);
    Ok(format!("{:06}", number % 1_000_000))
}

pub fn secret_hash(
    username: &str,
    client_id: &str,
    client_secret: &str,
) -> Result<String, Failure> {
    let mut mac = Hmac::<Sha256>::new_from_slice(client_secret.as_bytes())?;
    mac.update(username.as_bytes());
    mac.update(client_id.as_bytes());
    Ok(BASE64.encode(&mac.finalize().into_bytes()))
}

pub fn claims_of(token: &str) -> Result<Value, Failure> {
    let payload = token
        .split('.')
        .nth(1)
        .ok_or_else(|| failed("the token has no payload"))?;
    Ok(serde_json::from_slice(
        &BASE64URL_NOPAD.decode(payload.as_bytes())?,
    )?)
}

/// The newest code in the outbox for a user. Other clients have users of the same name in other pools.
pub fn last_code(pool: &Pool, username: &str) -> Result<String, Failure> {
    let address = pool.endpoint.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address)?;
    // The body of an answer to HTTP/1.0 ends with the connection
    write!(stream, "GET /_/outbox HTTP/1.0\r\nHost: {address}\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (_, body) = answer
        .split_once("\r\n\r\n")
        .ok_or_else(|| failed("the outbox has no body"))?;
    let messages: Vec<Value> = serde_json::from_str(body)?;
    let newest = messages.iter().rev().find(|message| {
        message["userPoolId"] == pool.id.as_str() && message["username"] == username
    });
    let code = newest.and_then(|message| message["code"].as_str());
    code.map(str::to_owned)
        .ok_or_else(|| failed(format!("no code was sent to {username}")))
}

//! The AWS SDK for Rust sets a pool up and signs in. The proof by SRP is that of the crate aws-cognito-srp.
mod account_flows;
mod cases;
mod codes;
mod factor_flows;
mod password_flows;
mod pool;
mod srp_flows;

use cases::{Case, case, run};
use pool::Pool;

const CASES: [Case; 34] = [
    case("set-up by an administrator", Pool::set_up),
    case("password", Pool::by_password),
    case(
        "password, wrong password (and unknown user)",
        Pool::by_wrong_password,
    ),
    case("password, client with a secret", Pool::with_secret),
    case("password, by an administrator", Pool::by_administrator),
    case("choice of the first factor", Pool::by_choice),
    case("first factor password", Pool::first_factor_password),
    case("first factor e-mail", Pool::first_factor_email),
    case("first factor SMS", Pool::first_factor_sms),
    case("custom challenge", Pool::custom_challenge),
    case(
        "custom challenge, wrong answer",
        Pool::custom_challenge_wrong,
    ),
    case("new password", Pool::new_password),
    case("second factor TOTP", Pool::with_totp),
    case("second factor SMS", Pool::with_sms),
    case("second factor e-mail", Pool::second_factor_email),
    case("choice of the second factor", Pool::choice_of_second_factor),
    case("set-up of a second factor", Pool::set_up_of_second_factor),
    case("refresh", Pool::refresh),
    case("refresh, client with a secret", Pool::refresh_with_secret),
    case("refresh with rotation", Pool::refresh_with_rotation),
    case("revocation", Pool::revocation),
    case("sign-up", Pool::sign_up),
    case("own attributes", Pool::own_attributes),
    case("forgotten password", Pool::forgotten_password),
    case("changed password", Pool::changed_password),
    case("SRP", Pool::by_srp),
    case("SRP, wrong password", Pool::by_srp_wrong_password),
    case("SRP, client with a secret", Pool::by_srp_with_secret),
    case("new password (after SRP)", Pool::new_password_by_srp),
    case("second factor TOTP (after SRP)", Pool::totp_by_srp),
    case("SRP, remembered device", Pool::by_srp_with_device),
    case("sign-out everywhere", Pool::sign_out_everywhere),
    case("users page by page", Pool::pages_of_users),
    case("deletion (of a user, a client and a pool)", Pool::deletion),
];

fn main() {
    let endpoint =
        std::env::var("POOL_ENDPOINT").expect("POOL_ENDPOINT is the endpoint of the pool");
    let mut pool = Pool::connect(endpoint).unwrap_or_else(|failure| panic!("{failure}"));
    run(&CASES, &mut pool);
}

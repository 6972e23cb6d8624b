"""warrant-lite signs in by SRP with a client of boto3, and verifies the tokens."""

import contextlib
import os
import urllib.request
import warnings

import warrant_lite
from warrant_lite import ForceChangePasswordException, WarrantLite

from cases import (
    ENDPOINT,
    INCORRECT,
    OTHER_PASSWORD,
    PASSWORD,
    PHONE_NUMBER,
    claims_of,
    expect,
    last_code,
    refusal_of,
    run,
    totp,
)
from setup import create_client, create_group_of, create_pool, create_temporary_user, create_user, idp

# warrant-lite and python-jose ask datetime for the time in a way that newer versions of Python warn of
warnings.simplefilter("ignore", DeprecationWarning)


@contextlib.contextmanager
def current_locale(_):
    yield


# The library sets en_US.UTF-8 for the names of days and months. Many images of containers lack it, and C has the same names.
warrant_lite.temp_locale = current_locale

pool = {}


def set_up():
    pool["id"] = create_pool()
    pool["client"], _ = create_client(pool["id"])
    pool["server"], pool["secret"] = create_client(pool["id"], GenerateSecret=True)
    create_user(pool["id"], "alice", email="alice@example.com", email_verified="true")
    create_group_of(pool["id"], "writers", "alice")


def library(username="alice", password=PASSWORD, **more):
    settings = {"pool_id": pool["id"], "client_id": pool["client"], "client": idp, **more}
    return WarrantLite(username=username, password=password, **settings)


def library_with_secret(username="alice"):
    return library(username, client_id=pool["server"], client_secret=pool["secret"])


def respond(asked, **responses):
    """Answers a challenge by boto3, because the library gives it back."""
    return idp.respond_to_auth_challenge(
        ClientId=pool["client"],
        ChallengeName=asked["ChallengeName"],
        Session=asked["Session"],
        ChallengeResponses=responses,
    )["AuthenticationResult"]


def by_srp():
    tokens = library().authenticate_user()["AuthenticationResult"]
    expect(claims_of(tokens["IdToken"])["cognito:groups"], ["writers"])


def by_wrong_password():
    expect(refusal_of(library(password="Wrong-Horse-9").authenticate_user), INCORRECT)


def with_secret():
    tokens = library_with_secret().authenticate_user()["AuthenticationResult"]
    expect(claims_of(tokens["AccessToken"])["client_id"], pool["server"])


def new_password(make_library):
    username = create_temporary_user(pool["id"], f"new-{make_library.__name__}")
    try:
        make_library(username).authenticate_user()
    except ForceChangePasswordException:
        make_library(username).set_new_password_challenge(OTHER_PASSWORD)["AuthenticationResult"]
        expect(library(username, OTHER_PASSWORD).authenticate_user()["ChallengeParameters"], {})
        return
    raise AssertionError("asks for no new password")


def second_factor_totp():
    username = create_user(pool["id"], "totp")
    access = {"AccessToken": library(username).authenticate_user()["AuthenticationResult"]["AccessToken"]}
    secret = idp.associate_software_token(**access)["SecretCode"]
    idp.verify_software_token(**access, UserCode=totp(secret))
    idp.set_user_mfa_preference(**access, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True})
    asked = library(username).authenticate_user()
    respond(asked, USERNAME=username, SOFTWARE_TOKEN_MFA_CODE=totp(secret, 1))


def second_factor_sms():
    username = create_user(pool["id"], "sms", phone_number=PHONE_NUMBER, phone_number_verified="true")
    idp.admin_set_user_mfa_preference(
        UserPoolId=pool["id"], Username=username, SMSMfaSettings={"Enabled": True, "PreferredMfa": True}
    )
    asked = library(username).authenticate_user()
    respond(asked, USERNAME=username, SMS_MFA_CODE=last_code(pool["id"], username))


def verified_tokens():
    user = library()
    tokens = user.authenticate_user()["AuthenticationResult"]
    # Without this variable, the library asks AWS for the keys
    with urllib.request.urlopen(f"{ENDPOINT}/{pool['id']}/.well-known/jwks.json", timeout=10) as response:
        os.environ["COGNITO_JWKS"] = response.read().decode()
    verified = user.verify_token(tokens["AccessToken"], "access_token", "access")
    expect((verified["username"], user.access_token), ("alice", tokens["AccessToken"]))
    expect(user.verify_token(tokens["IdToken"], "id_token", "id")["aud"], pool["client"])


ANSWERED_BY_BOTO3 = "It gives the challenge back, and boto3 answers it."

run(
    [
        ("set-up by an administrator (by boto3)", set_up, "It knows no administrator, so boto3 sets the pool up."),
        ("SRP", by_srp),
        ("SRP, wrong password", by_wrong_password),
        ("SRP, client with a secret", with_secret),
        ("new password", lambda: new_password(library)),
        ("new password (client with a secret)", lambda: new_password(library_with_secret)),
        ("second factor TOTP", second_factor_totp, ANSWERED_BY_BOTO3),
        ("second factor SMS", second_factor_sms, ANSWERED_BY_BOTO3),
        (
            "tokens verified",
            verified_tokens,
            "It fetches the keys from AWS, unless the variable `COGNITO_JWKS` has them.",
        ),
    ]
)

"""boto3 sets a pool up and signs in by each flow that needs no SRP."""

from cases import (
    INCORRECT,
    OTHER_PASSWORD,
    PASSWORD,
    PHONE_NUMBER,
    claims_of,
    expect,
    last_code,
    refusal_of,
    run,
    secret_hash,
    totp,
)
from factor_cases import factor_cases
from setup import create_client, create_group_of, create_pool, create_temporary_user, create_user, idp

pool = {}


def set_up():
    pool["UserPoolId"] = create_pool(AutoVerifiedAttributes=["email"])
    pool["ClientId"], _ = create_client(pool["UserPoolId"])
    create_user(pool["UserPoolId"], "alice", email="alice@example.com", email_verified="true")
    create_group_of(pool["UserPoolId"], "writers", "alice")
    described = idp.describe_user_pool(UserPoolId=pool["UserPoolId"])["UserPool"]
    expect((described["Name"], described["MfaConfiguration"]), ("clients", "OPTIONAL"))
    users = idp.list_users_in_group(UserPoolId=pool["UserPoolId"], GroupName="writers")["Users"]
    expect([user["Username"] for user in users], ["alice"])


def begin(username, password=PASSWORD, client_id=None, **parameters):
    return idp.initiate_auth(
        ClientId=client_id or pool["ClientId"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": username, "PASSWORD": password, **parameters},
    )


def sign_in(*args, **more):
    return begin(*args, **more)["AuthenticationResult"]


def respond(asked, **responses):
    return idp.respond_to_auth_challenge(
        ClientId=pool["ClientId"],
        ChallengeName=asked["ChallengeName"],
        Session=asked["Session"],
        ChallengeResponses=responses,
    )


def by_password():
    tokens = sign_in("alice")
    expect(claims_of(tokens["IdToken"])["cognito:groups"], ["writers"])
    expect(claims_of(tokens["AccessToken"])["username"], "alice")


def own_attributes():
    access = {"AccessToken": sign_in("alice")["AccessToken"]}
    idp.update_user_attributes(**access, UserAttributes=[{"Name": "name", "Value": "Alice"}])
    user = idp.get_user(**access)
    attributes = {each["Name"]: each["Value"] for each in user["UserAttributes"]}
    expect((user["Username"], attributes["name"]), ("alice", "Alice"))


def by_wrong_password():
    expect(refusal_of(lambda: begin("alice", "Wrong-Horse-9")), INCORRECT)
    try:
        begin("nobody")
    except idp.exceptions.UserNotFoundException:
        return
    raise AssertionError("was not refused")


def by_administrator():
    reply = idp.admin_initiate_auth(
        **pool,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "alice", "PASSWORD": PASSWORD},
    )
    expect(claims_of(reply["AuthenticationResult"]["IdToken"])["email_verified"], True)


def by_choice():
    asked = idp.initiate_auth(
        ClientId=pool["ClientId"], AuthFlow="USER_AUTH", AuthParameters={"USERNAME": "alice"}
    )
    expect(asked["ChallengeName"], "SELECT_CHALLENGE")
    reply = respond(asked, USERNAME="alice", ANSWER="PASSWORD", PASSWORD=PASSWORD)
    expect(claims_of(reply["AuthenticationResult"]["AccessToken"])["username"], "alice")


def new_password():
    create_temporary_user(pool["UserPoolId"], "new")
    asked = begin("new")
    expect(asked["ChallengeName"], "NEW_PASSWORD_REQUIRED")
    respond(asked, USERNAME="new", NEW_PASSWORD=OTHER_PASSWORD)
    sign_in("new", OTHER_PASSWORD)
    user = idp.admin_get_user(UserPoolId=pool["UserPoolId"], Username="new")
    expect(user["UserStatus"], "CONFIRMED")


def refresh():
    token = sign_in("alice")["RefreshToken"]
    reply = idp.initiate_auth(
        ClientId=pool["ClientId"],
        AuthFlow="REFRESH_TOKEN_AUTH",
        AuthParameters={"REFRESH_TOKEN": token},
    )
    expect("RefreshToken" in reply["AuthenticationResult"], False)
    idp.get_user(AccessToken=reply["AuthenticationResult"]["AccessToken"])


def refresh_with_rotation():
    client_id, _ = create_client(
        pool["UserPoolId"],
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"],
        RefreshTokenRotation={"Feature": "ENABLED", "RetryGracePeriodSeconds": 0},
    )
    token = sign_in("alice", client_id=client_id)["RefreshToken"]
    refresh_once = lambda: idp.get_tokens_from_refresh_token(ClientId=client_id, RefreshToken=token)
    expect(refresh_once()["AuthenticationResult"]["RefreshToken"] == token, False)
    expect(refusal_of(refresh_once)[0], "RefreshTokenReuseException")


def with_secret():
    client_id, secret = create_client(pool["UserPoolId"], GenerateSecret=True)
    hashed = secret_hash("alice", client_id, secret)
    sign_in("alice", client_id=client_id, SECRET_HASH=hashed)
    added = idp.add_user_pool_client_secret(UserPoolId=pool["UserPoolId"], ClientId=client_id)
    second = added["ClientSecretDescriptor"]["ClientSecretValue"]
    sign_in("alice", client_id=client_id, SECRET_HASH=secret_hash("alice", client_id, second))
    wrong = secret_hash("alice", client_id, "wrong")
    expect(
        refusal_of(lambda: begin("alice", client_id=client_id, SECRET_HASH=wrong)),
        ("NotAuthorizedException", f"Unable to verify secret hash for client {client_id}"),
    )


def refresh_with_secret():
    client_id, secret = create_client(pool["UserPoolId"], GenerateSecret=True)
    hashed = secret_hash("alice", client_id, secret)
    token = sign_in("alice", client_id=client_id, SECRET_HASH=hashed)["RefreshToken"]
    refreshed = idp.initiate_auth(
        ClientId=client_id,
        AuthFlow="REFRESH_TOKEN_AUTH",
        AuthParameters={"REFRESH_TOKEN": token, "SECRET_HASH": hashed},
    )
    expect(claims_of(refreshed["AuthenticationResult"]["AccessToken"])["client_id"], client_id)


def with_totp():
    access = {"AccessToken": sign_in(create_user(pool["UserPoolId"], "totp"))["AccessToken"]}
    secret = idp.associate_software_token(**access)["SecretCode"]
    verified = idp.verify_software_token(**access, UserCode=totp(secret))
    expect(verified["Status"], "SUCCESS")
    idp.set_user_mfa_preference(**access, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True})
    asked = begin("totp")
    expect(asked["ChallengeName"], "SOFTWARE_TOKEN_MFA")
    expect(
        refusal_of(lambda: respond(asked, USERNAME="totp", SOFTWARE_TOKEN_MFA_CODE="000000"))[0],
        "CodeMismatchException",
    )
    respond(asked, USERNAME="totp", SOFTWARE_TOKEN_MFA_CODE=totp(secret, 1))["AuthenticationResult"]


def with_sms():
    username = create_user(
        pool["UserPoolId"], "sms", phone_number=PHONE_NUMBER, phone_number_verified="true"
    )
    idp.admin_set_user_mfa_preference(
        UserPoolId=pool["UserPoolId"],
        Username=username,
        SMSMfaSettings={"Enabled": True, "PreferredMfa": True},
    )
    asked = begin(username)
    expect(asked["ChallengeName"], "SMS_MFA")
    respond(asked, USERNAME=username, SMS_MFA_CODE=last_code(pool["UserPoolId"], username))["AuthenticationResult"]


def sign_up():
    common = {"ClientId": pool["ClientId"], "Username": "bob"}
    attributes = [{"Name": "email", "Value": "bob@example.com"}]
    reply = idp.sign_up(**common, Password=PASSWORD, UserAttributes=attributes)
    expect((reply["UserConfirmed"], reply["CodeDeliveryDetails"]["DeliveryMedium"]), (False, "EMAIL"))
    idp.confirm_sign_up(**common, ConfirmationCode=last_code(pool["UserPoolId"], "bob"))
    expect(claims_of(sign_in("bob")["IdToken"])["email_verified"], True)


def forgotten_password():
    common = {"ClientId": pool["ClientId"], "Username": "forgetful"}
    create_user(pool["UserPoolId"], "forgetful", email="f@example.com", email_verified="true")
    idp.forgot_password(**common)
    idp.confirm_forgot_password(
        **common, ConfirmationCode=last_code(pool["UserPoolId"], "forgetful"), Password=OTHER_PASSWORD
    )
    sign_in("forgetful", OTHER_PASSWORD)


def changed_password():
    create_user(pool["UserPoolId"], "changing")
    token = sign_in("changing")["AccessToken"]
    idp.change_password(
        AccessToken=token, PreviousPassword=PASSWORD, ProposedPassword=OTHER_PASSWORD
    )
    sign_in("changing", OTHER_PASSWORD)


def sign_out_everywhere():
    create_user(pool["UserPoolId"], "leaving")
    tokens = sign_in("leaving")
    idp.global_sign_out(AccessToken=tokens["AccessToken"])
    expect(
        refusal_of(lambda: idp.get_user(AccessToken=tokens["AccessToken"])),
        ("NotAuthorizedException", "Access Token has been revoked"),
    )
    sign_in("leaving")


def pages_of_users():
    for number in range(5):
        create_temporary_user(pool["UserPoolId"], f"page-{number}")
    pages = idp.get_paginator("list_users").paginate(
        UserPoolId=pool["UserPoolId"],
        Filter='username ^= "page-"',
        PaginationConfig={"PageSize": 2},
    )
    names = [user["Username"] for page in pages for user in page["Users"]]
    expect(sorted(names), [f"page-{number}" for number in range(5)])


def delete_what_was_set_up():
    token = sign_in("alice")["AccessToken"]
    idp.admin_delete_user(UserPoolId=pool["UserPoolId"], Username="alice")
    expect(refusal_of(lambda: idp.get_user(AccessToken=token))[0], "UserNotFoundException")
    idp.delete_user_pool_client(**pool)
    expect(refusal_of(lambda: begin("bob"))[0], "ResourceNotFoundException")
    idp.delete_user_pool(UserPoolId=pool["UserPoolId"])
    expect(
        refusal_of(lambda: idp.describe_user_pool(UserPoolId=pool["UserPoolId"])),
        ("ResourceNotFoundException", f"User pool {pool['UserPoolId']} does not exist."),
    )


run(
    [
        ("set-up by an administrator", set_up),
        ("password", by_password),
        ("password, wrong password (and unknown user)", by_wrong_password),
        ("password, by an administrator", by_administrator),
        ("choice of the first factor", by_choice),
        ("new password", new_password),
        ("refresh", refresh),
        ("refresh, client with a secret", refresh_with_secret),
        ("refresh with rotation", refresh_with_rotation),
        ("password, client with a secret (two secrets)", with_secret),
        ("second factor TOTP", with_totp),
        ("second factor SMS", with_sms),
        ("sign-up", sign_up),
        ("own attributes", own_attributes),
        ("forgotten password", forgotten_password),
        ("changed password", changed_password),
        ("sign-out everywhere", sign_out_everywhere),
        ("users page by page", pages_of_users),
        *factor_cases(lambda operation, **members: getattr(idp, operation)(**members)),
        ("deletion (of a user, a client and a pool)", delete_what_was_set_up),
    ]
)

"""The AWS CLI sets a pool up and signs in, each command as a process of its own."""

import json
import os
import subprocess
import sys

from cases import (
    ENDPOINT,
    FLOWS,
    OTHER_PASSWORD,
    PASSWORD,
    PHONE_NUMBER,
    SMS_ROLE,
    claims_of,
    expect,
    last_code,
    run,
    secret_hash,
    totp,
)
from factor_cases import factor_cases

AWS = os.path.join(os.path.dirname(sys.executable), "aws")
pool = {}


class Refused(Exception):
    """What the CLI wrote to standard error."""


def aws(command, *flags):
    """Runs one command of `aws cognito-idp`, and gives its output."""
    done = subprocess.run(
        [AWS, "cognito-idp", command, "--endpoint-url", ENDPOINT, "--output", "json", *flags],
        capture_output=True,
        text=True,
        timeout=120,
    )
    if done.returncode != 0:
        raise Refused(done.stderr.strip())
    return json.loads(done.stdout or "{}")


def call(operation, **members):
    """Gives the members in one flag, in place of a flag for each."""
    return aws(operation.replace("_", "-"), "--cli-input-json", json.dumps(members))


def in_pool(command, *flags):
    return aws(command, "--user-pool-id", pool["id"], *flags)


def refused(exception, attempt):
    try:
        attempt()
    except Refused as error:
        if f"({exception})" not in str(error):
            raise
        return
    raise AssertionError("was not refused")


def pairs(values):
    """The shorthand of the CLI for a map."""
    return ",".join(f"{name}={value}" for name, value in values.items())


def create_client(*flags, flows=FLOWS):
    reply = in_pool("create-user-pool-client", "--client-name", "app", "--explicit-auth-flows", *flows, *flags)
    return reply["UserPoolClient"]


def create_user(username, *attributes):
    create_temporary_user(username, *attributes)
    in_pool("admin-set-user-password", "--username", username, "--password", PASSWORD, "--permanent")


def create_temporary_user(username, *attributes):
    more = ["--user-attributes", *attributes] if attributes else []
    in_pool(
        "admin-create-user",
        *["--username", username],
        *["--temporary-password", PASSWORD],
        *["--message-action", "SUPPRESS"],
        *more,
    )


def begin(username, password=PASSWORD, client_id=None, **parameters):
    return aws(
        "initiate-auth",
        *["--client-id", client_id or pool["client"]],
        *["--auth-flow", "USER_PASSWORD_AUTH"],
        *["--auth-parameters", pairs({"USERNAME": username, "PASSWORD": password, **parameters})],
    )


def respond(asked, **responses):
    return aws(
        "respond-to-auth-challenge",
        *["--client-id", pool["client"]],
        *["--challenge-name", asked["ChallengeName"]],
        *["--session", asked["Session"]],
        *["--challenge-responses", pairs(responses)],
    )


def set_up():
    pool["id"] = aws("create-user-pool", "--pool-name", "clients", "--auto-verified-attributes", "email")["UserPool"]["Id"]
    in_pool(
        "set-user-pool-mfa-config",
        *["--mfa-configuration", "OPTIONAL"],
        *["--software-token-mfa-configuration", "Enabled=true"],
        *["--sms-mfa-configuration", json.dumps({"SmsConfiguration": SMS_ROLE})],
    )
    pool["client"] = create_client()["ClientId"]
    create_user("alice", "Name=email,Value=alice@example.com")
    in_pool("create-group", "--group-name", "writers")
    in_pool("admin-add-user-to-group", "--group-name", "writers", "--username", "alice")
    groups = in_pool("admin-list-groups-for-user", "--username", "alice")["Groups"]
    expect([group["GroupName"] for group in groups], ["writers"])


def by_password():
    tokens = begin("alice")["AuthenticationResult"]
    expect(claims_of(tokens["IdToken"])["cognito:groups"], ["writers"])


def own_attributes():
    access = ["--access-token", begin("alice")["AuthenticationResult"]["AccessToken"]]
    aws("update-user-attributes", *access, "--user-attributes", "Name=name,Value=Alice")
    user = aws("get-user", *access)
    attributes = {each["Name"]: each["Value"] for each in user["UserAttributes"]}
    expect((user["Username"], attributes["name"]), ("alice", "Alice"))


def by_wrong_password():
    refused("NotAuthorizedException", lambda: begin("alice", "Wrong-Horse-9"))
    refused("UserNotFoundException", lambda: begin("nobody"))


def by_administrator():
    reply = in_pool(
        "admin-initiate-auth",
        *["--client-id", pool["client"]],
        *["--auth-flow", "ADMIN_USER_PASSWORD_AUTH"],
        *["--auth-parameters", pairs({"USERNAME": "alice", "PASSWORD": PASSWORD})],
    )
    expect(claims_of(reply["AuthenticationResult"]["AccessToken"])["username"], "alice")


def by_choice():
    asked = aws(
        "initiate-auth",
        *["--client-id", pool["client"]],
        *["--auth-flow", "USER_AUTH"],
        *["--auth-parameters", "USERNAME=alice"],
    )
    expect(asked["ChallengeName"], "SELECT_CHALLENGE")
    reply = respond(asked, USERNAME="alice", ANSWER="PASSWORD", PASSWORD=PASSWORD)
    expect(claims_of(reply["AuthenticationResult"]["AccessToken"])["username"], "alice")


def new_password():
    create_temporary_user("new")
    asked = begin("new")
    expect(asked["ChallengeName"], "NEW_PASSWORD_REQUIRED")
    respond(asked, USERNAME="new", NEW_PASSWORD=OTHER_PASSWORD)
    begin("new", OTHER_PASSWORD)["AuthenticationResult"]


def refresh():
    token = begin("alice")["AuthenticationResult"]["RefreshToken"]
    flags = ["--client-id", pool["client"]]
    renew(*flags, REFRESH_TOKEN=token)
    aws("get-tokens-from-refresh-token", *flags, "--refresh-token", token)["AuthenticationResult"]


def renew(*flags, **parameters):
    flow = ["--auth-flow", "REFRESH_TOKEN_AUTH", "--auth-parameters", pairs(parameters)]
    return aws("initiate-auth", *flags, *flow)["AuthenticationResult"]


def refresh_with_rotation():
    rotation = ["--refresh-token-rotation", "Feature=ENABLED,RetryGracePeriodSeconds=0"]
    client_id = create_client(*rotation, flows=["ALLOW_USER_PASSWORD_AUTH"])["ClientId"]
    token = begin("alice", client_id=client_id)["AuthenticationResult"]["RefreshToken"]
    flags = ["--client-id", client_id, "--refresh-token", token]
    renewed = aws("get-tokens-from-refresh-token", *flags)["AuthenticationResult"]
    expect(renewed["RefreshToken"] == token, False)
    refused("RefreshTokenReuseException", lambda: aws("get-tokens-from-refresh-token", *flags))


def create_client_with_secret():
    """Gives the id of an app client, and the SECRET_HASH that alice has there."""
    client = create_client("--generate-secret")
    client_id = client["ClientId"]
    return client_id, secret_hash("alice", client_id, client["ClientSecret"])


def with_secret():
    client_id, hashed = create_client_with_secret()
    begin("alice", client_id=client_id, SECRET_HASH=hashed)["AuthenticationResult"]
    refused("NotAuthorizedException", lambda: begin("alice", client_id=client_id))


def refresh_with_secret():
    client_id, hashed = create_client_with_secret()
    tokens = begin("alice", client_id=client_id, SECRET_HASH=hashed)["AuthenticationResult"]
    renewed = renew(
        "--client-id", client_id, REFRESH_TOKEN=tokens["RefreshToken"], SECRET_HASH=hashed
    )
    expect(claims_of(renewed["AccessToken"])["client_id"], client_id)


def with_totp():
    create_user("totp")
    access = ["--access-token", begin("totp")["AuthenticationResult"]["AccessToken"]]
    secret = aws("associate-software-token", *access)["SecretCode"]
    aws("verify-software-token", *access, "--user-code", totp(secret))
    on = ["--software-token-mfa-settings", "Enabled=true,PreferredMfa=true"]
    aws("set-user-mfa-preference", *access, *on)
    asked = begin("totp")
    expect(asked["ChallengeName"], "SOFTWARE_TOKEN_MFA")
    code = totp(secret, 1)
    respond(asked, USERNAME="totp", SOFTWARE_TOKEN_MFA_CODE=code)["AuthenticationResult"]


def with_sms():
    phone = [f"Name=phone_number,Value={PHONE_NUMBER}", "Name=phone_number_verified,Value=true"]
    create_user("sms", *phone)
    on = ["--sms-mfa-settings", "Enabled=true,PreferredMfa=true"]
    in_pool("admin-set-user-mfa-preference", "--username", "sms", *on)
    asked = begin("sms")
    expect(asked["ChallengeName"], "SMS_MFA")
    respond(asked, USERNAME="sms", SMS_MFA_CODE=last_code(pool["id"], "sms"))["AuthenticationResult"]


def sign_up():
    user = ["--client-id", pool["client"], "--username", "bob"]
    reply = aws("sign-up", *user, "--password", PASSWORD, "--user-attributes", "Name=email,Value=bob@example.com")
    expect((reply["UserConfirmed"], reply["CodeDeliveryDetails"]["DeliveryMedium"]), (False, "EMAIL"))
    aws("confirm-sign-up", *user, "--confirmation-code", last_code(pool["id"], "bob"))
    expect(claims_of(begin("bob")["AuthenticationResult"]["IdToken"])["email_verified"], True)


def forgotten_password():
    create_user("forgetful", "Name=email,Value=f@example.com", "Name=email_verified,Value=true")
    user = ["--client-id", pool["client"], "--username", "forgetful"]
    aws("forgot-password", *user)
    code = ["--confirmation-code", last_code(pool["id"], "forgetful")]
    aws("confirm-forgot-password", *user, *code, "--password", OTHER_PASSWORD)
    begin("forgetful", OTHER_PASSWORD)["AuthenticationResult"]


def changed_password():
    create_user("changing")
    access = ["--access-token", begin("changing")["AuthenticationResult"]["AccessToken"]]
    words = ["--previous-password", PASSWORD, "--proposed-password", OTHER_PASSWORD]
    aws("change-password", *access, *words)
    begin("changing", OTHER_PASSWORD)["AuthenticationResult"]


def sign_out_everywhere():
    access = ["--access-token", begin("alice")["AuthenticationResult"]["AccessToken"]]
    aws("global-sign-out", *access)
    refused("NotAuthorizedException", lambda: aws("get-user", *access))


def pages_of_users():
    found = in_pool("list-users", "--filter", 'username = "alice"', "--page-size", "1")["Users"]
    expect([user["Username"] for user in found], ["alice"])
    expect(len(in_pool("list-users", "--page-size", "1")["Users"]) >= 2, True)


def delete_what_was_set_up():
    in_pool("admin-delete-user", "--username", "alice")
    refused("UserNotFoundException", lambda: begin("alice"))
    in_pool("delete-user-pool-client", "--client-id", pool["client"])
    refused("ResourceNotFoundException", lambda: begin("bob"))
    in_pool("delete-user-pool")
    refused("ResourceNotFoundException", lambda: in_pool("describe-user-pool"))


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
        ("password, client with a secret", with_secret),
        ("second factor TOTP", with_totp),
        ("second factor SMS", with_sms),
        ("sign-up", sign_up),
        ("own attributes", own_attributes),
        ("forgotten password", forgotten_password),
        ("changed password", changed_password),
        ("sign-out everywhere", sign_out_everywhere),
        ("users page by page", pages_of_users),
        *factor_cases(call),
        ("deletion (of a user, a client and a pool)", delete_what_was_set_up),
    ]
)

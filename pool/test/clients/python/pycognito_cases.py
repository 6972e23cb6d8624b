"""pycognito signs in by SRP: its class AWSSRP, also with a device, and its class Cognito, which verifies the tokens."""

import warnings

from pycognito import AWSSRP, Cognito
from pycognito.aws_srp import generate_hash_device
from pycognito.exceptions import (
    ForceChangePasswordException,
    SMSMFAChallengeException,
    SoftwareTokenMFAChallengeException,
)

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

# pycognito asks datetime for the time in a way that newer versions of Python warn of
warnings.simplefilter("ignore", DeprecationWarning)

pool = {}


def set_up():
    pool["id"] = create_pool(AutoVerifiedAttributes=["email"])
    pool["client"], _ = create_client(pool["id"])
    pool["server"], pool["secret"] = create_client(pool["id"], GenerateSecret=True)
    create_user(pool["id"], "alice", email="alice@example.com", email_verified="true")
    create_group_of(pool["id"], "writers", "alice")


def srp(username="alice", password=PASSWORD, **more):
    settings = {"pool_id": pool["id"], "client_id": pool["client"], "client": idp, **more}
    return AWSSRP(username=username, password=password, **settings)


def cognito(username="alice", **more):
    settings = {"client_id": pool["client"], **more}
    return Cognito(
        pool["id"], username=username, boto3_client_kwargs={"endpoint_url": ENDPOINT}, **settings
    )


def raised_by(exception, attempt):
    try:
        attempt()
    except exception:
        return
    raise AssertionError(f"{exception.__name__} was not raised")


def srp_signs_in():
    tokens = srp().authenticate_user()["AuthenticationResult"]
    expect(claims_of(tokens["IdToken"])["cognito:groups"], ["writers"])


def srp_wrong_password():
    expect(refusal_of(srp(password="Wrong-Horse-9").authenticate_user), INCORRECT)


def srp_secret():
    with_secret = {"client_id": pool["server"], "client_secret": pool["secret"]}
    srp(**with_secret).authenticate_user()["AuthenticationResult"]


def srp_new_password():
    username = create_temporary_user(pool["id"], "new")
    raised_by(ForceChangePasswordException, srp(username).authenticate_user)
    srp(username).set_new_password_challenge(OTHER_PASSWORD)["AuthenticationResult"]
    srp(username, OTHER_PASSWORD).authenticate_user()["AuthenticationResult"]


def srp_device():
    devices = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": False}
    pool_id = create_pool(DeviceConfiguration=devices)
    client_id, _ = create_client(pool_id)
    of_pool = {"pool_id": pool_id, "client_id": client_id}
    create_user(pool_id, "alice")
    first = srp(**of_pool).authenticate_user()["AuthenticationResult"]
    device = first["NewDeviceMetadata"]
    key, group = device["DeviceKey"], device["DeviceGroupKey"]
    password, verifier = generate_hash_device(group, key)
    idp.confirm_device(
        AccessToken=first["AccessToken"], DeviceKey=key, DeviceSecretVerifierConfig=verifier
    )
    known = {"device_key": key, "device_group_key": group, "device_password": password}
    second = srp(**of_pool, **known).authenticate_user()["AuthenticationResult"]
    expect("NewDeviceMetadata" in second, False)
    expect(claims_of(second["AccessToken"])["device_key"], key)
    wrong = {**known, "device_password": "wrong"}
    expect(refusal_of(srp(**of_pool, **wrong).authenticate_user), INCORRECT)


def verified_sign_in():
    user = cognito()
    user.authenticate(PASSWORD)
    user.verify_tokens()
    expect(user.id_claims["iss"], f"{ENDPOINT}/{pool['id']}")


def renewal(**client):
    user = cognito(**client)
    user.authenticate(PASSWORD)
    first = user.access_token
    user.renew_access_token()
    expect(user.access_token == first, False)


def renewal_with_secret():
    renewal(client_id=pool["server"], client_secret=pool["secret"])


def own_attributes():
    user = cognito()
    user.authenticate(PASSWORD)
    user.update_profile({"name": "Alice"})
    expect((user.get_user().name, user.get_user().email), ("Alice", "alice@example.com"))


def by_administrator():
    client_id, _ = create_client(pool["id"], ExplicitAuthFlows=["ADMIN_NO_SRP_AUTH"])
    user = cognito(client_id=client_id)
    user.admin_authenticate(PASSWORD)
    user.verify_tokens()


def registration():
    user = cognito("bob")
    user.set_base_attributes(email="bob@example.com")
    user.register("bob", PASSWORD)
    user.confirm_sign_up(last_code(pool["id"], "bob"))
    user.authenticate(PASSWORD)
    expect(user.id_claims["email_verified"], True)


def new_password():
    user = cognito(create_temporary_user(pool["id"], "newer"))
    user.new_password_challenge(PASSWORD, OTHER_PASSWORD)
    user.verify_tokens()


def second_factor_totp():
    user = cognito(create_user(pool["id"], "totp"))
    user.authenticate(PASSWORD)
    secret = user.associate_software_token()
    expect(user.verify_software_token(totp(secret), "phone"), True)
    user.set_user_mfa_preference(sms_mfa=False, software_token_mfa=True, preferred="SOFTWARE_TOKEN")
    again = cognito("totp")
    raised_by(SoftwareTokenMFAChallengeException, lambda: again.authenticate(PASSWORD))
    again.respond_to_software_token_mfa_challenge(totp(secret, 1))
    again.verify_tokens()


def second_factor_sms():
    username = create_user(pool["id"], "sms", phone_number=PHONE_NUMBER, phone_number_verified="true")
    user = cognito(username)
    user.authenticate(PASSWORD)
    user.set_user_mfa_preference(sms_mfa=True, software_token_mfa=False, preferred="SMS")
    again = cognito(username)
    raised_by(SMSMFAChallengeException, lambda: again.authenticate(PASSWORD))
    again.respond_to_sms_mfa_challenge(last_code(pool["id"], username))
    again.verify_tokens()


def forgotten_password():
    username = create_user(pool["id"], "forgetful", email="f@example.com", email_verified="true")
    user = cognito(username)
    user.initiate_forgot_password()
    user.confirm_forgot_password(last_code(pool["id"], username), OTHER_PASSWORD)
    user.authenticate(OTHER_PASSWORD)


def changed_password():
    user = cognito(create_user(pool["id"], "changing"))
    user.authenticate(PASSWORD)
    user.change_password(PASSWORD, OTHER_PASSWORD)
    cognito("changing").authenticate(OTHER_PASSWORD)


def users_and_groups():
    admin = cognito()
    admin.admin_create_user("carol", temporary_password=PASSWORD, email="carol@example.com")
    admin.admin_add_user_to_group("carol", "writers")
    expect(admin.admin_list_groups_for_user("carol"), ["writers"])
    admin.admin_remove_user_from_group("carol", "writers")
    expect(admin.admin_list_groups_for_user("carol"), [])


def pages_of_users():
    """A page has 60 users at most, so the library has to ask twice."""
    names = [create_temporary_user(pool["id"], f"page-{number}") for number in range(61)]
    found = [user.username for user in cognito().get_users()]
    expect(sorted(name for name in found if name.startswith("page-")), sorted(names))


def deletion():
    user = cognito(create_user(pool["id"], "gone"))
    user.authenticate(PASSWORD)
    user.delete_user()
    expect(
        refusal_of(lambda: cognito("gone").authenticate(PASSWORD)),
        ("UserNotFoundException", "User does not exist."),
    )
    create_user(pool["id"], "gone")
    cognito("gone").admin_delete_user()
    expect(
        refusal_of(lambda: cognito("gone").authenticate(PASSWORD))[0], "UserNotFoundException"
    )


def sign_out_everywhere():
    user = cognito(create_user(pool["id"], "leaving"))
    user.authenticate(PASSWORD)
    token = user.access_token
    user.logout()
    expect(
        refusal_of(lambda: idp.get_user(AccessToken=token)),
        ("NotAuthorizedException", "Access Token has been revoked"),
    )


run(
    [
        (
            "set-up by an administrator (by boto3)",
            set_up,
            "It sets up users and groups alone, so boto3 creates the pool and its app clients.",
        ),
        ("set-up by an administrator (users and groups)", users_and_groups),
        ("SRP (AWSSRP)", srp_signs_in),
        ("SRP, wrong password (AWSSRP)", srp_wrong_password),
        ("SRP, client with a secret (AWSSRP)", srp_secret),
        ("new password (AWSSRP)", srp_new_password),
        (
            "SRP, remembered device (AWSSRP, without a Session)",
            srp_device,
            "It sends no Session, which the pool takes. Its own ConfirmDevice knows AWS's endpoint alone, so boto3 confirms the device.",
        ),
        (
            "tokens verified (Cognito)",
            verified_sign_in,
            "It expects the endpoint in the claim `iss`, so the pool needs `issuer: 'endpoint'`.",
        ),
        ("refresh (Cognito)", renewal),
        ("refresh, client with a secret (Cognito)", renewal_with_secret),
        ("password, by an administrator (Cognito)", by_administrator),
        ("sign-up (Cognito)", registration),
        ("own attributes (Cognito)", own_attributes),
        ("new password (Cognito)", new_password),
        ("second factor TOTP (Cognito)", second_factor_totp),
        ("second factor SMS (Cognito)", second_factor_sms),
        ("forgotten password (Cognito)", forgotten_password),
        ("changed password (Cognito)", changed_password),
        ("sign-out everywhere (Cognito)", sign_out_everywhere),
        ("users page by page (Cognito)", pages_of_users),
        ("deletion (Cognito, of users)", deletion, "It deletes users, and neither app clients nor pools."),
    ]
)

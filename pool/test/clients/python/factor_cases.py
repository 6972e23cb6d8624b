"""
Challenges beside the password, and RevokeToken. boto3 and the AWS CLI take the same members of the same operations, so they share these
cases.
"""

from functools import cache

from cases import (
    FLOWS,
    PASSWORD,
    PHONE_NUMBER,
    SMS_ROLE,
    claims_of,
    expect,
    last_code,
    totp,
)

# On AWS, codes by e-mail need an address of one's own
SENDER = {
    "EmailSendingAccount": "DEVELOPER",
    "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/pool@example.com",
}
# The functions are in scripts/clients-lambda.mjs
TRIGGERS = {
    name: f"arn:aws:lambda:us-east-1:123456789012:function:{name}"
    for name in ("DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse")
}
QUESTION, ANSWER = "6 times 7", "42"
EMAIL = {"email": "user@example.com", "email_verified": "true"}
PHONE = {"phone_number": PHONE_NUMBER, "phone_number_verified": "true"}


def refused(exception, message, attempt):
    """boto3 and the AWS CLI write the same line about a refusal."""
    try:
        attempt()
    except Exception as error:
        line = str(error)
        if f"({exception})" not in line or message not in line:
            raise
        return
    raise AssertionError("was not refused")


class Pool:
    """A pool with an app client, set up by a client of others."""

    def __init__(self, call, mfa, **settings):
        """
        call takes the name of an operation as boto3 writes it, and its members, and gives its output. mfa has the members of
        SetUserPoolMfaConfig, and settings those of CreateUserPool.
        """
        self.call = call
        self.id = call("create_user_pool", PoolName="factors", **settings)["UserPool"]["Id"]
        call("set_user_pool_mfa_config", UserPoolId=self.id, **mfa)
        client = call(
            "create_user_pool_client",
            UserPoolId=self.id,
            ClientName="app",
            ExplicitAuthFlows=FLOWS,
        )
        self.client_id = client["UserPoolClient"]["ClientId"]

    def create_user(self, username, **attributes):
        user = {"UserPoolId": self.id, "Username": username}
        pairs = [{"Name": name, "Value": value} for name, value in attributes.items()]
        self.call("admin_create_user", **user, MessageAction="SUPPRESS", UserAttributes=pairs)
        self.call("admin_set_user_password", **user, Password=PASSWORD, Permanent=True)
        return username

    def prefer(self, username, **settings):
        self.call("admin_set_user_mfa_preference", UserPoolId=self.id, Username=username, **settings)

    def begin(self, flow, **parameters):
        return self.call("initiate_auth", ClientId=self.client_id, AuthFlow=flow, AuthParameters=parameters)

    def begin_by_password(self, username):
        return self.begin("USER_PASSWORD_AUTH", USERNAME=username, PASSWORD=PASSWORD)

    def respond(self, asked, **responses):
        return self.call(
            "respond_to_auth_challenge",
            ClientId=self.client_id,
            ChallengeName=asked["ChallengeName"],
            Session=asked["Session"],
            ChallengeResponses=responses,
        )

    def finish(self, asked, name, username, **responses):
        """Answers a challenge of this name, and fails unless tokens follow."""
        expect(asked["ChallengeName"], name)
        reply = self.respond(asked, USERNAME=username, **responses)
        expect(claims_of(reply["AuthenticationResult"]["AccessToken"])["username"], username)

    def finish_by_code(self, asked, name, username):
        self.finish(asked, name, username, **{f"{name}_CODE": last_code(self.id, username)})


def factor_cases(call):
    """Gives the cases of a client. call is that of Pool."""

    @cache
    def pool():
        """Everything but a required second factor."""
        return Pool(
            call,
            {
                "MfaConfiguration": "OPTIONAL",
                "SmsMfaConfiguration": {"SmsConfiguration": SMS_ROLE},
                "SoftwareTokenMfaConfiguration": {"Enabled": True},
                "EmailMfaConfiguration": {"Subject": "Code", "Message": "Your code is {####}"},
            },
            EmailConfiguration=SENDER,
            LambdaConfig=TRIGGERS,
            Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP"]}},
        )

    def password_asked_for():
        username = pool().create_user("password")
        asked = pool().begin("USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE="PASSWORD")
        pool().finish(asked, "PASSWORD", username, PASSWORD=PASSWORD)

    def first_factor_email():
        username = pool().create_user("first-email", **EMAIL)
        asked = pool().begin("USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE="EMAIL_OTP")
        refused(
            "CodeMismatchException", "", lambda: pool().respond(asked, USERNAME=username, EMAIL_OTP_CODE="0")
        )
        pool().finish_by_code(asked, "EMAIL_OTP", username)

    def first_factor_sms():
        username = pool().create_user("first-sms", **PHONE)
        choice = pool().begin("USER_AUTH", USERNAME=username)
        expect("SMS_OTP" in choice["AvailableChallenges"], True)
        asked = pool().respond(choice, USERNAME=username, ANSWER="SMS_OTP")
        pool().finish_by_code(asked, "SMS_OTP", username)

    def begin_custom(username):
        asked = pool().begin("CUSTOM_AUTH", USERNAME=pool().create_user(username))
        expect(asked["ChallengeParameters"]["question"], QUESTION)
        return asked

    def custom_challenge():
        pool().finish(begin_custom("custom"), "CUSTOM_CHALLENGE", "custom", ANSWER=ANSWER)

    def custom_challenge_wrong():
        asked = begin_custom("custom-wrong")
        refused(
            "NotAuthorizedException",
            "Incorrect username or password.",
            lambda: pool().respond(asked, USERNAME="custom-wrong", ANSWER="41"),
        )

    def second_factor_email():
        username = pool().create_user("second-email", **EMAIL)
        pool().prefer(username, EmailMfaSettings={"Enabled": True, "PreferredMfa": True})
        pool().finish_by_code(pool().begin_by_password(username), "EMAIL_OTP", username)

    def choice_of_second_factor():
        username = pool().create_user("choosing", **EMAIL, **PHONE)
        on = {"Enabled": True, "PreferredMfa": False}
        pool().prefer(username, EmailMfaSettings=on, SMSMfaSettings=on)
        choice = pool().begin_by_password(username)
        expect(choice["ChallengeName"], "SELECT_MFA_TYPE")
        asked = pool().respond(choice, USERNAME=username, ANSWER="EMAIL_OTP")
        pool().finish_by_code(asked, "EMAIL_OTP", username)

    def set_up_of_second_factor():
        app = {"SoftwareTokenMfaConfiguration": {"Enabled": True}}
        required = Pool(call, {"MfaConfiguration": "ON", **app})
        username = required.create_user("careful")
        asked = required.begin_by_password(username)
        expect(asked["ChallengeParameters"]["MFAS_CAN_SETUP"], '["SOFTWARE_TOKEN_MFA"]')
        token = call("associate_software_token", Session=asked["Session"])
        secret = token["SecretCode"]
        verified = call("verify_software_token", Session=token["Session"], UserCode=totp(secret))
        required.finish({**asked, "Session": verified["Session"]}, "MFA_SETUP", username)
        again = required.begin_by_password(username)
        required.finish(
            again, "SOFTWARE_TOKEN_MFA", username, SOFTWARE_TOKEN_MFA_CODE=totp(secret, 1)
        )

    def revocation():
        username = pool().create_user("revoking")
        tokens = pool().begin_by_password(username)["AuthenticationResult"]
        token = tokens["RefreshToken"]
        call("revoke_token", ClientId=pool().client_id, Token=token)
        refused(
            "NotAuthorizedException",
            "Refresh Token has been revoked",
            lambda: pool().begin("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=token),
        )
        refused(
            "NotAuthorizedException",
            "Access Token has been revoked",
            lambda: call("get_user", AccessToken=tokens["AccessToken"]),
        )

    return [
        ("first factor password", password_asked_for),
        ("first factor e-mail", first_factor_email),
        ("first factor SMS", first_factor_sms),
        ("custom challenge", custom_challenge),
        ("custom challenge, wrong answer", custom_challenge_wrong),
        ("second factor e-mail", second_factor_email),
        ("choice of the second factor", choice_of_second_factor),
        ("set-up of a second factor", set_up_of_second_factor),
        ("revocation", revocation),
    ]

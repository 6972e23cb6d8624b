"""Runs the cases of a program. Each line of its output is JSON: first the names of all cases, then how each ended."""

import base64
import hashlib
import hmac
import json
import os
import struct
import time
import urllib.request

ENDPOINT = os.environ["POOL_ENDPOINT"]
PASSWORD = "Correct-Horse-9"
OTHER_PASSWORD = "Another-Horse-8"
PHONE_NUMBER = "+4912345678"
SMS_ROLE = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms", "ExternalId": "clients"}

FLOWS = [
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_USER_AUTH",
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
]


def run(cases):
    """
    A case is a name and a function, and passes if the function raises nothing. The name is a flow of scripts/clients-flows.mjs, with
    details in brackets. A third member says in what the client differs from others in this flow, although the case passes.
    """
    print(json.dumps({"cases": [name for name, *_ in cases]}), flush=True)
    for name, attempt, *differs in cases:
        try:
            attempt()
            result = {"name": name, **({"differs": differs[0]} if differs else {})}
        except Exception as error:  # A client raises what it likes, and the next case runs all the same
            result = {"name": name, "error": f"{type(error).__name__}: {error}"}
        print(json.dumps(result), flush=True)


def expect(actual, expected):
    if actual != expected:
        raise AssertionError(f"{actual!r} instead of {expected!r}")


def refusal_of(attempt):
    """Gives the name of the exception and the text of a refusal, as an SDK raises it."""
    try:
        attempt()
    except Exception as error:
        response = getattr(error, "response", None)
        if response is None:
            raise
        return type(error).__name__, response["Error"]["Message"]
    raise AssertionError("was not refused")


INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")


def last_code(pool_id, username):
    """The newest code in the outbox for a user of a pool. Other clients have users of the same name in other pools."""
    with urllib.request.urlopen(f"{ENDPOINT}/_/outbox", timeout=10) as response:
        messages = json.load(response)
    wanted = (pool_id, username)
    return [each["code"] for each in messages if (each["userPoolId"], each["username"]) == wanted][-1]


def totp(secret, steps_ahead=0):
    """RFC 6238 with six digits and SHA-1. A step ahead gives another code, because a code is taken once."""
    step = int(time.time()) // 30 + steps_ahead
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def secret_hash(username, client_id, client_secret):
    digest = hmac.new(client_secret.encode(), (username + client_id).encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def claims_of(token):
    payload = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))

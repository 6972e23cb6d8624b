"""Authlib signs in with a code and PKCE, refreshes, revokes, and gets tokens of a client."""

import os
from urllib.parse import parse_qs, urlsplit

import requests
from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.jwk import KeySet

from cases import ENDPOINT, claims_of, expect, run

# A local pool has no TLS
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

ISSUER = f"{ENDPOINT}/{os.environ['POOL_WITH_OAUTH']}"
# The seed says that a browser with this cookie has signed in
COOKIE = os.environ["POOL_LOGIN_COOKIE"]
CALLBACK = "http://localhost:3000/callback"
MACHINE_SECRET = "a secret: 24%+characters"
server = {}


def discover():
    server.update(requests.get(f"{ISSUER}/.well-known/openid-configuration", timeout=10).json())
    expect(server["issuer"], ISSUER)


def session(client_id="app", client_secret=None, method="none", **more):
    return OAuth2Session(
        client_id,
        client_secret,
        token_endpoint_auth_method=method,
        revocation_endpoint_auth_method=method,
        redirect_uri=CALLBACK,
        code_challenge_method="S256",
        **more,
    )


def come_back(client, verifier, **more):
    """Goes where the app sends the browser, and gives the address that the browser comes back to."""
    url, state = client.create_authorization_url(
        server["authorization_endpoint"], code_verifier=verifier, **more
    )
    reply = requests.get(url, headers={"Cookie": COOKIE}, allow_redirects=False, timeout=10)
    return reply.headers["Location"], state


def sign_in(scope="openid email"):
    client, verifier, nonce = session(scope=scope), generate_token(48), generate_token()
    location, state = come_back(client, verifier, nonce=nonce)
    token = client.fetch_token(
        server["token_endpoint"], authorization_response=location, state=state, code_verifier=verifier
    )
    return client, token, nonce


def sign_in_and_verify():
    _, token, nonce = sign_in()
    keys = KeySet.import_key_set(requests.get(server["jwks_uri"], timeout=10).json())
    decoded = jwt.decode(token["id_token"], keys, algorithms=["RS256"])
    claims = CodeIDToken(
        decoded.claims,
        decoded.header,
        {"iss": {"value": ISSUER}, "aud": {"value": "app"}, "nonce": {"value": nonce}},
        {"client_id": "app", "nonce": nonce, "access_token": token["access_token"]},
    )
    # With at_hash, which Authlib checks if it is there
    claims.validate()
    expect((claims["cognito:username"], "at_hash" in claims), ("alice", True))


def read_user_info():
    client, _, _ = sign_in()
    user = client.get(server["userinfo_endpoint"]).json()
    expect((user["username"], user["email"]), ("alice", "alice@example.com"))


def refresh():
    client, token, _ = sign_in()
    fresh = client.refresh_token(server["token_endpoint"], token["refresh_token"])
    expect(claims_of(fresh["access_token"])["scope"], "openid email")


def revoke():
    client, token, _ = sign_in()
    refresh_token = token["refresh_token"]
    reply = client.revoke_token(server["revocation_endpoint"], refresh_token, "refresh_token")
    expect(reply.status_code, 200)
    refused("invalid_grant", lambda: client.refresh_token(server["token_endpoint"], refresh_token))


def exchange_wrongly():
    client, verifier = session(scope="openid"), generate_token(48)
    location, state = come_back(client, verifier)
    wrong = {"authorization_response": location, "state": state, "code_verifier": generate_token(48)}
    refused("invalid_grant", lambda: client.fetch_token(server["token_endpoint"], **wrong))


def ask_for_too_much():
    client, verifier = session(scope="openid unknown"), generate_token(48)
    # Authlib leaves it to the framework of the app to read the error
    location, state = come_back(client, verifier)
    expect(parse_qs(urlsplit(location).query), {"error": ["invalid_scope"], "state": [state]})


def get_client_token(method):
    client = session("machine", MACHINE_SECRET, method)
    token = client.fetch_token(
        server["token_endpoint"], grant_type="client_credentials", scope="orders/read"
    )
    claims = claims_of(token["access_token"])
    expect((claims["sub"], claims["scope"]), ("machine", "orders/read"))


def refused(error, attempt):
    try:
        attempt()
    except OAuthError as refusal:
        expect(refusal.error, error)
        return
    raise AssertionError("was not refused")


run(
    [
        ("discovery", discover),
        ("code with PKCE (ID token verified)", sign_in_and_verify),
        ("userInfo", read_user_info),
        ("refresh", refresh),
        ("revocation", revoke),
        ("wrong code verifier", exchange_wrongly),
        ("unknown scope", ask_for_too_much),
        ("tokens of a client (client_secret_basic)", lambda: get_client_token("client_secret_basic")),
        ("tokens of a client (client_secret_post)", lambda: get_client_token("client_secret_post")),
    ]
)

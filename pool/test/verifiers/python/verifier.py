import jwt


def create_verifier(endpoint, user_pool_id, client_id):
    """The endpoint is that of the local pool. Against AWS it is the origin of the issuer."""
    region = user_pool_id.split("_")[0]
    issuer = f"https://cognito-idp.{region}.amazonaws.com/{user_pool_id}"
    keys = jwt.PyJWKClient(f"{endpoint}/{user_pool_id}/.well-known/jwks.json")

    def verify(token, use):
        key = keys.get_signing_key_from_jwt(token)
        # Only ID tokens name their client in aud, so the client is compared below
        options = {"require": ["exp", "iss", "token_use"], "verify_aud": False}
        claims = jwt.decode(token, key, algorithms=["RS256"], issuer=issuer, options=options)
        if claims["token_use"] != use:
            raise jwt.InvalidTokenError(f"The token is not an {use} token")
        if claims.get("client_id" if use == "access" else "aud") != client_id:
            raise jwt.InvalidTokenError("The token is for another client")
        return claims

    return verify

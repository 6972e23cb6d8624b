import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExplicitAuthFlowsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.FeatureType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RefreshTokenReuseException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/** Sign-ins that send the password itself, the challenges that follow them, and the refresh of tokens. */
record AwsPasswordFlows(AwsPool pool) {
    void byPassword() {
        AuthenticationResultType tokens = pool.signIn("alice");
        Cases.expect(Codes.claimsOf(tokens.idToken()).get("cognito:groups"), List.of("writers"));
    }

    void byWrongPassword() {
        AwsPool.expectRefusal(
                "NotAuthorizedException", "Incorrect username or password.", () -> pool.begin("alice", "Wrong-Horse-9"));
        AwsPool.expectRefusal(
                "UserNotFoundException", "User does not exist.", () -> pool.begin("nobody", AwsPool.PASSWORD));
    }

    void byAdministrator() {
        AuthenticationResultType tokens = pool.idp
                .adminInitiateAuth(request -> request.userPoolId(pool.id)
                        .clientId(pool.clientId)
                        .authFlow(AuthFlowType.ADMIN_USER_PASSWORD_AUTH)
                        .authParameters(Map.of("USERNAME", "alice", "PASSWORD", AwsPool.PASSWORD)))
                .authenticationResult();
        Cases.expect(Codes.claimsOf(tokens.accessToken()).get("username"), "alice");
    }

    void byChoice() {
        InitiateAuthResponse asked =
                pool.initiate(pool.clientId, AuthFlowType.USER_AUTH, Map.of("USERNAME", "alice"));
        finish(
                asked,
                ChallengeNameType.SELECT_CHALLENGE,
                Map.of("USERNAME", "alice", "ANSWER", "PASSWORD", "PASSWORD", AwsPool.PASSWORD));
    }

    void newPassword() {
        pool.createTemporaryUser("new");
        InitiateAuthResponse asked = pool.begin("new", AwsPool.PASSWORD);
        finish(
                asked,
                ChallengeNameType.NEW_PASSWORD_REQUIRED,
                Map.of("USERNAME", "new", "NEW_PASSWORD", AwsPool.OTHER_PASSWORD));
        pool.signInWith("new", AwsPool.OTHER_PASSWORD);
    }

    void withSecret() throws Exception {
        UserPoolClientType server = pool.createClient(true);
        Map<String, String> parameters = Map.of("USERNAME", "alice", "PASSWORD", AwsPool.PASSWORD);
        AwsPool.expectRefusal(
                "NotAuthorizedException",
                "Client " + server.clientId() + " is configured with secret but SECRET_HASH was not received",
                () -> pool.initiate(server.clientId(), AuthFlowType.USER_PASSWORD_AUTH, parameters));
        signInAtServer(server);
    }

    private AuthenticationResultType signInAtServer(UserPoolClientType server) throws Exception {
        return AwsPool.tokensOf(pool.initiate(
                server.clientId(),
                AuthFlowType.USER_PASSWORD_AUTH,
                Map.of("USERNAME", "alice", "PASSWORD", AwsPool.PASSWORD, "SECRET_HASH", hashOfAlice(server))));
    }

    private static String hashOfAlice(UserPoolClientType server) throws Exception {
        return Codes.secretHash("alice", server.clientId(), server.clientSecret());
    }

    void refresh() {
        String token = pool.signIn("alice").refreshToken();
        AwsPool.tokensOf(
                pool.initiate(pool.clientId, AuthFlowType.REFRESH_TOKEN_AUTH, Map.of("REFRESH_TOKEN", token)));
        Cases.expect(renew(pool.clientId, token).accessToken() == null, false);
    }

    private AuthenticationResultType renew(String clientId, String token) {
        return pool.idp
                .getTokensFromRefreshToken(request -> request.clientId(clientId).refreshToken(token))
                .authenticationResult();
    }

    void refreshWithSecret() throws Exception {
        UserPoolClientType server = pool.createClient(true);
        String token = signInAtServer(server).refreshToken();
        AwsPool.tokensOf(pool.initiate(
                server.clientId(),
                AuthFlowType.REFRESH_TOKEN_AUTH,
                Map.of("REFRESH_TOKEN", token, "SECRET_HASH", hashOfAlice(server))));
    }

    void refreshWithRotation() {
        String clientId = pool.idp
                .createUserPoolClient(client -> client.userPoolId(pool.id)
                        .clientName("rotating")
                        .explicitAuthFlows(ExplicitAuthFlowsType.ALLOW_USER_PASSWORD_AUTH)
                        .refreshTokenRotation(
                                rotation -> rotation.feature(FeatureType.ENABLED).retryGracePeriodSeconds(0)))
                .userPoolClient()
                .clientId();
        String first = AwsPool.tokensOf(pool.initiate(
                        clientId,
                        AuthFlowType.USER_PASSWORD_AUTH,
                        Map.of("USERNAME", "alice", "PASSWORD", AwsPool.PASSWORD)))
                .refreshToken();
        Cases.expect(renew(clientId, first).refreshToken().equals(first), false);
        try {
            renew(clientId, first);
        } catch (RefreshTokenReuseException refusal) {
            return;
        }
        throw new AssertionError("was not refused");
    }

    /** Gives a user an authenticator app, and gives its secret. */
    String enableTotp(String username) throws Exception {
        String token = pool.signIn(username).accessToken();
        String secret = pool.idp.associateSoftwareToken(request -> request.accessToken(token)).secretCode();
        String code = Codes.totp(secret, 0);
        pool.idp.verifySoftwareToken(request -> request.accessToken(token).userCode(code));
        pool.idp.setUserMFAPreference(request -> request.accessToken(token)
                .softwareTokenMfaSettings(settings -> settings.enabled(true).preferredMfa(true)));
        return secret;
    }

    void withTotp() throws Exception {
        pool.createUser("totp");
        String secret = enableTotp("totp");
        InitiateAuthResponse asked = pool.begin("totp", AwsPool.PASSWORD);
        finish(
                asked,
                ChallengeNameType.SOFTWARE_TOKEN_MFA,
                Map.of("USERNAME", "totp", "SOFTWARE_TOKEN_MFA_CODE", Codes.totp(secret, 1)));
    }

    void withSms() throws Exception {
        pool.createUser(
                "sms",
                AwsPool.attribute("phone_number", "+4912345678"),
                AwsPool.attribute("phone_number_verified", "true"));
        pool.idp.adminSetUserMFAPreference(request -> request.userPoolId(pool.id)
                .username("sms")
                .smsMfaSettings(settings -> settings.enabled(true).preferredMfa(true)));
        InitiateAuthResponse asked = pool.begin("sms", AwsPool.PASSWORD);
        finish(
                asked,
                ChallengeNameType.SMS_MFA,
                Map.of("USERNAME", "sms", "SMS_MFA_CODE", Codes.lastCode(pool, "sms")));
    }

    private void finish(InitiateAuthResponse asked, ChallengeNameType expected, Map<String, String> responses) {
        pool.finish(asked.challengeName(), asked.session(), expected, responses);
    }
}

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NewDeviceMetadataType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/** Sign-ins by SRP, whose proofs {@link CognitoSrp} computes. */
record AwsSrpFlows(AwsPool pool) {
    /**
     * Proves a password, and gives the answer to the proof.
     *
     * @param more what each request says beside the proof
     */
    private RespondToAuthChallengeResponse prove(
            String username, String password, String clientId, Map<String, String> more) throws Exception {
        CognitoSrp srp = new CognitoSrp(pool.id.split("_")[1], password);
        Map<String, String> parameters = new HashMap<>(more);
        parameters.put("USERNAME", username);
        parameters.put("SRP_A", srp.publicKey());
        InitiateAuthResponse asked = pool.initiate(clientId, AuthFlowType.USER_SRP_AUTH, parameters);
        Cases.expect(asked.challengeName(), ChallengeNameType.PASSWORD_VERIFIER);
        String userId = asked.challengeParameters().get("USER_ID_FOR_SRP");
        Map<String, String> responses = new HashMap<>(more);
        responses.put("USERNAME", userId);
        responses.putAll(srp.prove(userId, asked.challengeParameters()));
        return pool.respond(clientId, ChallengeNameType.PASSWORD_VERIFIER, asked.session(), responses);
    }

    private RespondToAuthChallengeResponse prove(String username, String password) throws Exception {
        return prove(username, password, pool.clientId, Map.of());
    }

    /** Proves a password, and fails unless tokens follow. */
    private AuthenticationResultType signIn(String username, String password) throws Exception {
        RespondToAuthChallengeResponse reply = prove(username, password);
        if (reply.authenticationResult() == null) throw new AssertionError("asks for " + reply.challengeName());
        return reply.authenticationResult();
    }

    void bySrp() throws Exception {
        String token = signIn("alice", AwsPool.PASSWORD).accessToken();
        Cases.expect(Codes.claimsOf(token).get("username"), "alice");
    }

    void byWrongPassword() {
        AwsPool.expectRefusal(
                "NotAuthorizedException", "Incorrect username or password.", () -> proveQuietly("alice", "Wrong-Horse-9"));
    }

    /** As {@code prove}, for a lambda. */
    private void proveQuietly(String username, String password) {
        try {
            prove(username, password);
        } catch (RuntimeException refusal) {
            throw refusal;
        } catch (Exception error) {
            throw new AssertionError(error);
        }
    }

    void withSecret() throws Exception {
        UserPoolClientType server = pool.createClient(true);
        String hash = Codes.secretHash("alice", server.clientId(), server.clientSecret());
        String token = prove("alice", AwsPool.PASSWORD, server.clientId(), Map.of("SECRET_HASH", hash))
                .authenticationResult()
                .accessToken();
        Cases.expect(Codes.claimsOf(token).get("client_id"), server.clientId());
    }

    void newPassword() throws Exception {
        pool.createTemporaryUser("newer");
        RespondToAuthChallengeResponse asked = prove("newer", AwsPool.PASSWORD);
        finish(
                asked,
                ChallengeNameType.NEW_PASSWORD_REQUIRED,
                Map.of("USERNAME", "newer", "NEW_PASSWORD", AwsPool.OTHER_PASSWORD));
        signIn("newer", AwsPool.OTHER_PASSWORD);
    }

    void withTotp() throws Exception {
        pool.createUser("srp-totp");
        String secret = new AwsPasswordFlows(pool).enableTotp("srp-totp");
        RespondToAuthChallengeResponse asked = prove("srp-totp", AwsPool.PASSWORD);
        finish(
                asked,
                ChallengeNameType.SOFTWARE_TOKEN_MFA,
                Map.of("USERNAME", "srp-totp", "SOFTWARE_TOKEN_MFA_CODE", Codes.totp(secret, 1)));
    }

    /** The last case of SRP, because from then on the pool asks for devices. */
    void withDevice() throws Exception {
        pool.idp.updateUserPool(request -> request.userPoolId(pool.id)
                .deviceConfiguration(devices -> devices.challengeRequiredOnNewDevice(true)));
        pool.createUser("device");
        AuthenticationResultType first = signIn("device", AwsPool.PASSWORD);
        NewDeviceMetadataType device = first.newDeviceMetadata();
        CognitoSrp srp = new CognitoSrp(device.deviceGroupKey(), "a random password of the device");
        Map<String, String> made = srp.makeVerifier(device.deviceKey());
        pool.idp.confirmDevice(request -> request.accessToken(first.accessToken())
                .deviceKey(device.deviceKey())
                .deviceSecretVerifierConfig(
                        config -> config.salt(made.get("Salt")).passwordVerifier(made.get("PasswordVerifier"))));
        AuthenticationResultType second = signInOnDevice(device, srp);
        Cases.expect(second.newDeviceMetadata(), null);
        Cases.expect(Codes.claimsOf(second.accessToken()).get("device_key"), device.deviceKey());
    }

    /** Proves the password, and then that this is a device of the user. */
    private AuthenticationResultType signInOnDevice(NewDeviceMetadataType device, CognitoSrp srp) throws Exception {
        String key = device.deviceKey();
        RespondToAuthChallengeResponse asked =
                prove("device", AwsPool.PASSWORD, pool.clientId, Map.of("DEVICE_KEY", key));
        Cases.expect(asked.challengeName(), ChallengeNameType.DEVICE_SRP_AUTH);
        RespondToAuthChallengeResponse challenge = pool.respond(
                pool.clientId,
                ChallengeNameType.DEVICE_SRP_AUTH,
                asked.session(),
                Map.of("USERNAME", "device", "DEVICE_KEY", key, "SRP_A", srp.publicKey()));
        Map<String, String> responses = new HashMap<>(srp.prove(key, challenge.challengeParameters()));
        responses.putAll(Map.of("USERNAME", "device", "DEVICE_KEY", key));
        return finish(challenge, ChallengeNameType.DEVICE_PASSWORD_VERIFIER, responses);
    }

    private AuthenticationResultType finish(
            RespondToAuthChallengeResponse asked, ChallengeNameType expected, Map<String, String> responses) {
        return pool.finish(asked.challengeName(), asked.session(), expected, responses);
    }
}

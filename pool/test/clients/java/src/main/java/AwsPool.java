import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExplicitAuthFlowsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.MessageActionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.VerifiedAttributeType;

/** A user pool that the AWS SDK for Java 2 sets up and signs in to. */
final class AwsPool {
    static final String PASSWORD = "Correct-Horse-9";
    static final String OTHER_PASSWORD = "Another-Horse-8";
    static final List<ExplicitAuthFlowsType> FLOWS = List.of(
            ExplicitAuthFlowsType.ALLOW_USER_SRP_AUTH,
            ExplicitAuthFlowsType.ALLOW_USER_PASSWORD_AUTH,
            ExplicitAuthFlowsType.ALLOW_ADMIN_USER_PASSWORD_AUTH,
            ExplicitAuthFlowsType.ALLOW_USER_AUTH,
            ExplicitAuthFlowsType.ALLOW_CUSTOM_AUTH,
            ExplicitAuthFlowsType.ALLOW_REFRESH_TOKEN_AUTH);

    final CognitoIdentityProviderClient idp;
    final String endpoint;
    String id;
    String clientId;

    AwsPool(String endpoint) {
        this.endpoint = endpoint;
        idp = CognitoIdentityProviderClient.builder()
                .endpointOverride(URI.create(endpoint))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    void setUp() {
        id = idp.createUserPool(pool -> pool.poolName("clients").autoVerifiedAttributes(VerifiedAttributeType.EMAIL))
                .userPool()
                .id();
        idp.setUserPoolMfaConfig(config -> config.userPoolId(id)
                .mfaConfiguration(UserPoolMfaType.OPTIONAL)
                .softwareTokenMfaConfiguration(token -> token.enabled(true))
                .smsMfaConfiguration(sms -> sms.smsConfiguration(
                        role -> role.snsCallerArn("arn:aws:iam::123456789012:role/sms").externalId("clients"))));
        clientId = createClient(false).clientId();
        createUser("alice");
        idp.createGroup(group -> group.userPoolId(id).groupName("writers"));
        idp.adminAddUserToGroup(group -> group.userPoolId(id).groupName("writers").username("alice"));
        Cases.expect(
                idp.listUsersInGroup(group -> group.userPoolId(id).groupName("writers")).users().get(0).username(),
                "alice");
    }

    UserPoolClientType createClient(boolean withSecret) {
        return idp.createUserPoolClient(client -> client.userPoolId(id)
                        .clientName("app")
                        .explicitAuthFlows(FLOWS)
                        .generateSecret(withSecret))
                .userPoolClient();
    }

    static AttributeType attribute(String name, String value) {
        return AttributeType.builder().name(name).value(value).build();
    }

    void createTemporaryUser(String username, AttributeType... attributes) {
        idp.adminCreateUser(user -> user.userPoolId(id)
                .username(username)
                .temporaryPassword(PASSWORD)
                .messageAction(MessageActionType.SUPPRESS)
                .userAttributes(attributes));
    }

    void createUser(String username, AttributeType... attributes) {
        createTemporaryUser(username, attributes);
        idp.adminSetUserPassword(user -> user.userPoolId(id).username(username).password(PASSWORD).permanent(true));
    }

    InitiateAuthResponse initiate(String clientId, AuthFlowType flow, Map<String, String> parameters) {
        return idp.initiateAuth(request -> request.clientId(clientId).authFlow(flow).authParameters(parameters));
    }

    /** Begins a sign-in with a password. */
    InitiateAuthResponse begin(String username, String password) {
        return initiate(
                clientId, AuthFlowType.USER_PASSWORD_AUTH, Map.of("USERNAME", username, "PASSWORD", password));
    }

    AuthenticationResultType signIn(String username) {
        return signInWith(username, PASSWORD);
    }

    AuthenticationResultType signInWith(String username, String password) {
        return tokensOf(begin(username, password));
    }

    static AuthenticationResultType tokensOf(InitiateAuthResponse reply) {
        if (reply.authenticationResult() == null) throw new AssertionError("asks for " + reply.challengeName());
        return reply.authenticationResult();
    }

    RespondToAuthChallengeResponse respond(
            String clientId, ChallengeNameType name, String session, Map<String, String> responses) {
        return idp.respondToAuthChallenge(answer ->
                answer.clientId(clientId).challengeName(name).session(session).challengeResponses(responses));
    }

    /** Answers a challenge of the client without a secret, and fails unless tokens follow. */
    AuthenticationResultType finish(
            ChallengeNameType asked, String session, ChallengeNameType expected, Map<String, String> responses) {
        Cases.expect(asked, expected);
        RespondToAuthChallengeResponse reply = respond(clientId, expected, session, responses);
        if (reply.authenticationResult() == null) throw new AssertionError("asks for " + reply.challengeName());
        return reply.authenticationResult();
    }

    /** Fails unless the service refuses with this exception and this text. */
    static void expectRefusal(String code, String message, Runnable attempt) {
        try {
            attempt.run();
        } catch (CognitoIdentityProviderException refusal) {
            Cases.expect(refusal.awsErrorDetails().errorCode(), code);
            Cases.expect(refusal.awsErrorDetails().errorMessage(), message);
            return;
        }
        throw new AssertionError("was not refused");
    }
}

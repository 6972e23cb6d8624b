import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFactorType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.EmailSendingAccountType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SetUserPoolMfaConfigRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;

/**
 * Challenges beside the password: one-time codes, those of triggers, and the choice and the set-up of a second factor. And RevokeToken.
 * Each case has a pool of its own, with one user, alice.
 */
record AwsFactorFlows(AwsPool pool) {
    /** The functions of the triggers are in scripts/clients-lambda.mjs. */
    private static final String FUNCTIONS = "arn:aws:lambda:us-east-1:123456789012:function:";

    private static final String QUESTION = "6 times 7";
    private static final String ANSWER = "42";

    private static final AttributeType[] EMAIL = {
        AwsPool.attribute("email", "user@example.com"), AwsPool.attribute("email_verified", "true")
    };
    private static final AttributeType[] PHONE = {
        AwsPool.attribute("phone_number", "+4912345678"), AwsPool.attribute("phone_number_verified", "true")
    };

    /** Creates a pool with triggers, with codes as a first factor, and with every second factor. */
    private AwsPool createPool(AttributeType... attributesOfAlice) {
        String id = pool.idp
                .createUserPool(created -> created.poolName("factors")
                        // On AWS, codes by e-mail need an address of one's own
                        .emailConfiguration(email -> email.emailSendingAccount(EmailSendingAccountType.DEVELOPER)
                                .sourceArn("arn:aws:ses:us-east-1:123456789012:identity/pool@example.com"))
                        .lambdaConfig(triggers -> triggers.defineAuthChallenge(FUNCTIONS + "DefineAuthChallenge")
                                .createAuthChallenge(FUNCTIONS + "CreateAuthChallenge")
                                .verifyAuthChallengeResponse(FUNCTIONS + "VerifyAuthChallengeResponse"))
                        .policies(policies -> policies.signInPolicy(signIn -> signIn.allowedFirstAuthFactors(
                                AuthFactorType.PASSWORD, AuthFactorType.EMAIL_OTP, AuthFactorType.SMS_OTP))))
                .userPool()
                .id();
        return complete(
                id,
                mfa -> mfa.mfaConfiguration(UserPoolMfaType.OPTIONAL)
                        .emailMfaConfiguration(email -> email.subject("Code").message("Your code is {####}"))
                        .smsMfaConfiguration(sms -> sms.smsConfiguration(
                                role -> role.snsCallerArn("arn:aws:iam::123456789012:role/sms").externalId("clients"))),
                attributesOfAlice);
    }

    /** Creates a pool that demands an authenticator app of every user. */
    private AwsPool createStrictPool() {
        String id = pool.idp.createUserPool(created -> created.poolName("required")).userPool().id();
        return complete(
                id,
                mfa -> mfa.mfaConfiguration(UserPoolMfaType.ON).softwareTokenMfaConfiguration(app -> app.enabled(true)));
    }

    /** Gives a pool its second factors, an app client and its user. */
    private AwsPool complete(
            String id, Consumer<SetUserPoolMfaConfigRequest.Builder> mfa, AttributeType... attributesOfAlice) {
        AwsPool other = new AwsPool(pool.endpoint);
        other.id = id;
        other.idp.setUserPoolMfaConfig(config -> mfa.accept(config.userPoolId(id)));
        other.clientId = other.createClient(false).clientId();
        other.createUser("alice", attributesOfAlice);
        return other;
    }

    private static InitiateAuthResponse beginPreferring(AwsPool pool, ChallengeNameType preferred) {
        return pool.initiate(
                pool.clientId,
                AuthFlowType.USER_AUTH,
                Map.of("USERNAME", "alice", "PREFERRED_CHALLENGE", preferred.toString()));
    }

    /** Answers a choice, and gives the session of the challenge that follows. */
    private static String choose(
            AwsPool pool, ChallengeNameType name, String session, ChallengeNameType chosen) {
        RespondToAuthChallengeResponse reply = pool.respond(
                pool.clientId, name, session, Map.of("USERNAME", "alice", "ANSWER", chosen.toString()));
        Cases.expect(reply.challengeName(), chosen);
        return reply.session();
    }

    /** Answers a challenge with the code that was sent. */
    private static void answerCode(
            AwsPool pool, ChallengeNameType asked, String session, ChallengeNameType expected) throws Exception {
        String code = Codes.lastCode(pool, "alice");
        pool.finish(asked, session, expected, Map.of("USERNAME", "alice", expected + "_CODE", code));
    }

    void firstFactorPassword() {
        AwsPool own = createPool();
        InitiateAuthResponse asked = beginPreferring(own, ChallengeNameType.PASSWORD);
        own.finish(
                asked.challengeName(),
                asked.session(),
                ChallengeNameType.PASSWORD,
                Map.of("USERNAME", "alice", "PASSWORD", AwsPool.PASSWORD));
    }

    void firstFactorEmail() throws Exception {
        AwsPool own = createPool(EMAIL);
        InitiateAuthResponse asked = beginPreferring(own, ChallengeNameType.EMAIL_OTP);
        answerCode(own, asked.challengeName(), asked.session(), ChallengeNameType.EMAIL_OTP);
    }

    void firstFactorSms() throws Exception {
        AwsPool own = createPool(PHONE);
        InitiateAuthResponse asked =
                own.initiate(own.clientId, AuthFlowType.USER_AUTH, Map.of("USERNAME", "alice"));
        Cases.expect(asked.availableChallenges().contains(ChallengeNameType.SMS_OTP), true);
        String session = choose(own, asked.challengeName(), asked.session(), ChallengeNameType.SMS_OTP);
        answerCode(own, ChallengeNameType.SMS_OTP, session, ChallengeNameType.SMS_OTP);
    }

    void customChallenge() {
        AwsPool own = createPool();
        InitiateAuthResponse asked = askQuestion(own);
        own.finish(
                asked.challengeName(),
                asked.session(),
                ChallengeNameType.CUSTOM_CHALLENGE,
                Map.of("USERNAME", "alice", "ANSWER", ANSWER));
    }

    void customChallengeWrong() {
        AwsPool own = createPool();
        InitiateAuthResponse asked = askQuestion(own);
        AwsPool.expectRefusal(
                "NotAuthorizedException",
                "Incorrect username or password.",
                () -> own.respond(
                        own.clientId,
                        ChallengeNameType.CUSTOM_CHALLENGE,
                        asked.session(),
                        Map.of("USERNAME", "alice", "ANSWER", "41")));
    }

    private static InitiateAuthResponse askQuestion(AwsPool pool) {
        InitiateAuthResponse asked =
                pool.initiate(pool.clientId, AuthFlowType.CUSTOM_AUTH, Map.of("USERNAME", "alice"));
        Cases.expect(asked.challengeParameters().get("question"), QUESTION);
        return asked;
    }

    void secondFactorEmail() throws Exception {
        AwsPool own = createPool(EMAIL);
        own.idp.adminSetUserMFAPreference(request -> request.userPoolId(own.id)
                .username("alice")
                .emailMfaSettings(settings -> settings.enabled(true).preferredMfa(true)));
        InitiateAuthResponse asked = own.begin("alice", AwsPool.PASSWORD);
        answerCode(own, asked.challengeName(), asked.session(), ChallengeNameType.EMAIL_OTP);
    }

    void choiceOfSecondFactor() throws Exception {
        AwsPool own = createPool(Stream.of(EMAIL, PHONE).flatMap(Stream::of).toArray(AttributeType[]::new));
        own.idp.adminSetUserMFAPreference(request -> request.userPoolId(own.id)
                .username("alice")
                .emailMfaSettings(settings -> settings.enabled(true))
                .smsMfaSettings(settings -> settings.enabled(true)));
        InitiateAuthResponse asked = own.begin("alice", AwsPool.PASSWORD);
        Cases.expect(asked.challengeName(), ChallengeNameType.SELECT_MFA_TYPE);
        String session = choose(own, asked.challengeName(), asked.session(), ChallengeNameType.EMAIL_OTP);
        answerCode(own, ChallengeNameType.EMAIL_OTP, session, ChallengeNameType.EMAIL_OTP);
    }

    void setUpOfSecondFactor() throws Exception {
        AwsPool own = createStrictPool();
        InitiateAuthResponse asked = own.begin("alice", AwsPool.PASSWORD);
        Cases.expect(asked.challengeParameters().get("MFAS_CAN_SETUP"), "[\"SOFTWARE_TOKEN_MFA\"]");
        var token = own.idp.associateSoftwareToken(request -> request.session(asked.session()));
        String code = Codes.totp(token.secretCode(), 0);
        String verified = own.idp
                .verifySoftwareToken(request -> request.session(token.session()).userCode(code))
                .session();
        own.finish(
                asked.challengeName(), verified, ChallengeNameType.MFA_SETUP, Map.of("USERNAME", "alice"));
        InitiateAuthResponse again = own.begin("alice", AwsPool.PASSWORD);
        own.finish(
                again.challengeName(),
                again.session(),
                ChallengeNameType.SOFTWARE_TOKEN_MFA,
                Map.of("USERNAME", "alice", "SOFTWARE_TOKEN_MFA_CODE", Codes.totp(token.secretCode(), 1)));
    }

    void revocation() {
        AuthenticationResultType tokens = pool.signIn("alice");
        pool.idp.revokeToken(request -> request.clientId(pool.clientId).token(tokens.refreshToken()));
        AwsPool.expectRefusal(
                "NotAuthorizedException",
                "Refresh Token has been revoked",
                () -> pool.initiate(
                        pool.clientId,
                        AuthFlowType.REFRESH_TOKEN_AUTH,
                        Map.of("REFRESH_TOKEN", tokens.refreshToken())));
        AwsPool.expectRefusal(
                "NotAuthorizedException",
                "Access Token has been revoked",
                () -> pool.idp.getUser(request -> request.accessToken(tokens.accessToken())));
    }
}

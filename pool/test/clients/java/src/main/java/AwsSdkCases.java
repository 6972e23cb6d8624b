/** The AWS SDK for Java 2 sets a pool up and signs in. */
final class AwsSdkCases {
    private static final String OWN_PROOF =
            "The SDK has no SRP, and no library of Maven Central with Cognito's was found. `CognitoSrp.java` of the test computes the proof.";

    public static void main(String[] arguments) {
        AwsPool pool = new AwsPool(System.getenv("POOL_ENDPOINT"));
        AwsPasswordFlows password = new AwsPasswordFlows(pool);
        AwsFactorFlows factors = new AwsFactorFlows(pool);
        AwsSrpFlows srp = new AwsSrpFlows(pool);
        AwsAccountFlows account = new AwsAccountFlows(pool);
        new Cases()
                .add("set-up by an administrator", pool::setUp)
                .add("password", password::byPassword)
                .add("password, wrong password (and unknown user)", password::byWrongPassword)
                .add("password, client with a secret", password::withSecret)
                .add("password, by an administrator", password::byAdministrator)
                .add("choice of the first factor", password::byChoice)
                .add("first factor password", factors::firstFactorPassword)
                .add("first factor e-mail", factors::firstFactorEmail)
                .add("first factor SMS", factors::firstFactorSms)
                .add("custom challenge", factors::customChallenge)
                .add("custom challenge, wrong answer", factors::customChallengeWrong)
                .add("new password", password::newPassword)
                .add("second factor TOTP", password::withTotp)
                .add("second factor SMS", password::withSms)
                .add("second factor e-mail", factors::secondFactorEmail)
                .add("choice of the second factor", factors::choiceOfSecondFactor)
                .add("set-up of a second factor", factors::setUpOfSecondFactor)
                .add("refresh", password::refresh)
                .add("refresh, client with a secret", password::refreshWithSecret)
                .add("refresh with rotation", password::refreshWithRotation)
                .add("revocation", factors::revocation)
                .add("sign-up", account::signUp)
                .add("own attributes", account::ownAttributes)
                .add("forgotten password", account::forgottenPassword)
                .add("changed password", account::changedPassword)
                .add("SRP", srp::bySrp, OWN_PROOF)
                .add("SRP, wrong password", srp::byWrongPassword, OWN_PROOF)
                .add("SRP, client with a secret", srp::withSecret, OWN_PROOF)
                .add("new password (after SRP)", srp::newPassword)
                .add("second factor TOTP (after SRP)", srp::withTotp)
                .add("SRP, remembered device", srp::withDevice, OWN_PROOF)
                .add("sign-out everywhere", account::signOutEverywhere)
                .add("users page by page", account::pagesOfUsers)
                .add("deletion (of a user, a client and a pool)", account::deletion)
                .run();
    }
}

import java.util.List;
import java.util.stream.IntStream;

/** What users and administrators do beside signing in: registration, attributes, passwords, lists, sign-out and deletion. */
record AwsAccountFlows(AwsPool pool) {
    void signUp() throws Exception {
        boolean confirmed = pool.idp
                .signUp(user -> user.clientId(pool.clientId)
                        .username("bob")
                        .password(AwsPool.PASSWORD)
                        .userAttributes(AwsPool.attribute("email", "bob@example.com")))
                .userConfirmed();
        Cases.expect(confirmed, false);
        String code = Codes.lastCode(pool, "bob");
        pool.idp.confirmSignUp(user -> user.clientId(pool.clientId).username("bob").confirmationCode(code));
        Cases.expect(Codes.claimsOf(pool.signIn("bob").idToken()).get("email_verified"), true);
    }

    void ownAttributes() {
        String token = pool.signIn("alice").accessToken();
        pool.idp.updateUserAttributes(
                request -> request.accessToken(token).userAttributes(AwsPool.attribute("name", "Alice")));
        var user = pool.idp.getUser(request -> request.accessToken(token));
        Cases.expect(user.username(), "alice");
        Cases.expect(user.userAttributes().contains(AwsPool.attribute("name", "Alice")), true);
    }

    void forgottenPassword() throws Exception {
        pool.createUser(
                "forgetful",
                AwsPool.attribute("email", "f@example.com"),
                AwsPool.attribute("email_verified", "true"));
        pool.idp.forgotPassword(user -> user.clientId(pool.clientId).username("forgetful"));
        String code = Codes.lastCode(pool, "forgetful");
        pool.idp.confirmForgotPassword(user -> user.clientId(pool.clientId)
                .username("forgetful")
                .confirmationCode(code)
                .password(AwsPool.OTHER_PASSWORD));
        pool.signInWith("forgetful", AwsPool.OTHER_PASSWORD);
    }

    void changedPassword() {
        pool.createUser("changing");
        String token = pool.signIn("changing").accessToken();
        pool.idp.changePassword(request -> request.accessToken(token)
                .previousPassword(AwsPool.PASSWORD)
                .proposedPassword(AwsPool.OTHER_PASSWORD));
        pool.signInWith("changing", AwsPool.OTHER_PASSWORD);
    }

    void signOutEverywhere() {
        String token = pool.signIn("alice").accessToken();
        pool.idp.globalSignOut(request -> request.accessToken(token));
        AwsPool.expectRefusal(
                "NotAuthorizedException",
                "Access Token has been revoked",
                () -> pool.idp.getUser(request -> request.accessToken(token)));
    }

    void pagesOfUsers() {
        List<String> expected = IntStream.range(0, 5).mapToObj(number -> "page-" + number).toList();
        expected.forEach(pool::createTemporaryUser);
        List<String> found = pool.idp
                .listUsersPaginator(request ->
                        request.userPoolId(pool.id).filter("username ^= \"page-\"").limit(2))
                .users()
                .stream()
                .map(user -> user.username())
                .sorted()
                .toList();
        Cases.expect(found, expected);
    }

    void deletion() {
        String token = pool.signIn("alice").accessToken();
        pool.idp.adminDeleteUser(request -> request.userPoolId(pool.id).username("alice"));
        AwsPool.expectRefusal(
                "UserNotFoundException",
                "User does not exist.",
                () -> pool.idp.getUser(request -> request.accessToken(token)));
        pool.idp.deleteUserPoolClient(request -> request.userPoolId(pool.id).clientId(pool.clientId));
        AwsPool.expectRefusal(
                "ResourceNotFoundException",
                "User pool client " + pool.clientId + " does not exist.",
                () -> pool.begin("bob", AwsPool.PASSWORD));
        pool.idp.deleteUserPool(request -> request.userPoolId(pool.id));
        AwsPool.expectRefusal(
                "ResourceNotFoundException",
                "User pool " + pool.id + " does not exist.",
                () -> pool.idp.describeUserPool(request -> request.userPoolId(pool.id)));
    }
}

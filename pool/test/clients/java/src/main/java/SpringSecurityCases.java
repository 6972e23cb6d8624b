import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserRequest;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.web.util.UriComponentsBuilder;

/** Spring Security finds a pool by its issuer, exchanges a code, and gets a token of a client. */
final class SpringSecurityCases {
    private static final String ISSUER = System.getenv("POOL_ENDPOINT") + "/" + System.getenv("POOL_WITH_OAUTH");
    /** The seed says that a browser with this cookie has signed in. */
    private static final String COOKIE = System.getenv("POOL_LOGIN_COOKIE");
    private static final String CALLBACK = "http://localhost:3000/callback";
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    public static void main(String[] arguments) {
        new Cases()
                .add("discovery", SpringSecurityCases::discover)
                .add("code with PKCE", SpringSecurityCases::exchange)
                .add("wrong code verifier", SpringSecurityCases::exchangeWrongly)
                .add("unknown scope", SpringSecurityCases::askForTooMuch)
                .add("userInfo", SpringSecurityCases::readUserInfo)
                .add("refresh", SpringSecurityCases::refresh)
                .add(
                        "tokens of a client (client_secret_basic)",
                        () -> getClientToken(ClientAuthenticationMethod.CLIENT_SECRET_BASIC))
                .add(
                        "tokens of a client (client_secret_post)",
                        () -> getClientToken(ClientAuthenticationMethod.CLIENT_SECRET_POST))
                .run();
    }

    private static ClientRegistration app() {
        return ClientRegistrations.fromIssuerLocation(ISSUER)
                .clientId("app")
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .redirectUri(CALLBACK)
                .scope("openid", "email")
                .build();
    }

    private static void discover() {
        ClientRegistration.ProviderDetails found = app().getProviderDetails();
        String endpoint = System.getenv("POOL_ENDPOINT");
        Cases.expect(found.getIssuerUri(), ISSUER);
        Cases.expect(found.getAuthorizationUri(), endpoint + "/oauth2/authorize");
        Cases.expect(found.getTokenUri(), endpoint + "/oauth2/token");
        Cases.expect(found.getUserInfoEndpoint().getUri(), endpoint + "/oauth2/userInfo");
        Cases.expect(found.getConfigurationMetadata().get("end_session_endpoint"), endpoint + "/logout");
    }

    private static void exchange() throws Exception {
        OAuth2AccessTokenResponse tokens = exchangeWith(VERIFIER);
        Cases.expect(tokens.getAccessToken().getTokenType().getValue(), "Bearer");
        Cases.expect(tokens.getAdditionalParameters().containsKey("id_token"), true);
        Cases.expect(tokens.getRefreshToken() != null, true);
    }

    private static void exchangeWrongly() throws Exception {
        try {
            exchangeWith(VERIFIER.toUpperCase());
        } catch (OAuth2AuthorizationException refusal) {
            Cases.expect(refusal.getError().getErrorCode(), "invalid_grant");
            return;
        }
        throw new AssertionError("was not refused");
    }

    private static OAuth2AccessTokenResponse exchangeWith(String verifier) throws Exception {
        ClientRegistration app = app();
        OAuth2AuthorizationRequest request = requestOf(app, verifier);
        Map<String, String> answer = visit(request.getAuthorizationRequestUri());
        OAuth2AuthorizationResponse response = OAuth2AuthorizationResponse.success(answer.get("code"))
                .redirectUri(CALLBACK)
                .state(answer.get("state"))
                .build();
        Cases.expect(response.getState(), request.getState());
        return new RestClientAuthorizationCodeTokenResponseClient().getTokenResponse(
                new OAuth2AuthorizationCodeGrantRequest(app, new OAuth2AuthorizationExchange(request, response)));
    }

    /** @param verifier is sent with the code. The challenge is always that of {@code VERIFIER}. */
    private static OAuth2AuthorizationRequest requestOf(ClientRegistration app, String verifier) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
        String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(app.getProviderDetails().getAuthorizationUri())
                .clientId(app.getClientId())
                .redirectUri(CALLBACK)
                .scopes(app.getScopes())
                .state("a state/with=characters")
                .additionalParameters(Map.of("code_challenge", challenge, "code_challenge_method", "S256"))
                .attributes(Map.of("code_verifier", verifier))
                .build();
    }

    private static void askForTooMuch() throws Exception {
        ClientRegistration app = ClientRegistration.withClientRegistration(app()).scope("openid", "unknown").build();
        Map<String, String> answer = visit(requestOf(app, VERIFIER).getAuthorizationRequestUri());
        Cases.expect(answer, Map.of("error", "invalid_scope", "state", "a state/with=characters"));
    }

    private static void readUserInfo() throws Exception {
        ClientRegistration app = ClientRegistration.withClientRegistration(app())
                .userNameAttributeName("username")
                .build();
        OAuth2AccessTokenResponse tokens = exchangeWith(VERIFIER);
        OAuth2User user = new DefaultOAuth2UserService().loadUser(new OAuth2UserRequest(app, tokens.getAccessToken()));
        Cases.expect(user.getName(), "alice");
        Cases.expect(user.getAttribute("email"), "alice@example.com");
    }

    private static void refresh() throws Exception {
        OAuth2AccessTokenResponse tokens = exchangeWith(VERIFIER);
        OAuth2AccessTokenResponse fresh = new RestClientRefreshTokenTokenResponseClient().getTokenResponse(
                new OAuth2RefreshTokenGrantRequest(app(), tokens.getAccessToken(), tokens.getRefreshToken()));
        Cases.expect(fresh.getAccessToken().getTokenValue().equals(tokens.getAccessToken().getTokenValue()), false);
    }

    /** Goes where the app sends the browser, and gives what the browser comes back with. */
    private static Map<String, String> visit(String uri) throws Exception {
        HttpResponse<Void> reply = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create(uri)).header("Cookie", COOKIE).build(),
                HttpResponse.BodyHandlers.discarding());
        URI location = URI.create(reply.headers().firstValue("Location").orElseThrow());
        Map<String, String> answer = new LinkedHashMap<>();
        UriComponentsBuilder.fromUri(location).build().getQueryParams().forEach((name, values) -> answer.put(
                name, java.net.URLDecoder.decode(values.get(0), StandardCharsets.UTF_8)));
        return answer;
    }

    private static void getClientToken(ClientAuthenticationMethod method) {
        ClientRegistration machine = ClientRegistrations.fromIssuerLocation(ISSUER)
                .clientId("machine")
                .clientSecret("a secret: 24%+characters")
                .clientAuthenticationMethod(method)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scope("orders/read")
                .build();
        OAuth2AccessTokenResponse tokens = new RestClientClientCredentialsTokenResponseClient()
                .getTokenResponse(new OAuth2ClientCredentialsGrantRequest(machine));
        // The service does not repeat the scope beside the token
        String payload = tokens.getAccessToken().getTokenValue().split("\\.")[1];
        String claims = new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
        Cases.expect(claims.contains("\"scope\":\"orders/read\""), true);
    }
}

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** Spring Security finds a pool by its issuer, exchanges a code, and gets a token of a client. It prints as cases.py says. */
final class Main {
    private static final String ISSUER = System.getenv("POOL_ENDPOINT") + "/" + System.getenv("POOL_WITH_OAUTH");
    /** The seed says that a browser with this cookie has signed in. */
    private static final String COOKIE = System.getenv("POOL_LOGIN_COOKIE");
    private static final String CALLBACK = "http://localhost:3000/callback";
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    interface Attempt {
        void run() throws Exception;
    }

    public static void main(String[] arguments) {
        Map<String, Attempt> cases = new LinkedHashMap<>();
        cases.put("finds the endpoints by discovery", Main::discover);
        cases.put("exchanges a code with PKCE", Main::exchange);
        cases.put("hears that a verifier is wrong", Main::exchangeWrongly);
        cases.put("gets a token of a client", Main::getClientToken);
        JsonMapper json = new JsonMapper();
        System.out.println(json.writeValueAsString(Map.of("cases", new ArrayList<>(cases.keySet()))));
        cases.forEach((name, attempt) -> {
            Map<String, String> result = new LinkedHashMap<>();
            result.put("name", name);
            try {
                attempt.run();
            } catch (Exception | AssertionError error) {
                result.put("error", error.toString());
            }
            System.out.println(json.writeValueAsString(result));
        });
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
        expect(found.getIssuerUri(), ISSUER);
        expect(found.getAuthorizationUri(), endpoint + "/oauth2/authorize");
        expect(found.getTokenUri(), endpoint + "/oauth2/token");
        expect(found.getUserInfoEndpoint().getUri(), endpoint + "/oauth2/userInfo");
        expect(found.getConfigurationMetadata().get("end_session_endpoint"), endpoint + "/logout");
    }

    private static void exchange() throws Exception {
        OAuth2AccessTokenResponse tokens = exchangeWith(VERIFIER);
        expect(tokens.getAccessToken().getTokenType().getValue(), "Bearer");
        expect(tokens.getAdditionalParameters().containsKey("id_token"), true);
        expect(tokens.getRefreshToken() != null, true);
    }

    private static void exchangeWrongly() throws Exception {
        try {
            exchangeWith(VERIFIER.toUpperCase());
        } catch (OAuth2AuthorizationException refusal) {
            expect(refusal.getError().getErrorCode(), "invalid_grant");
            return;
        }
        throw new AssertionError("was not refused");
    }

    private static OAuth2AccessTokenResponse exchangeWith(String verifier) throws Exception {
        ClientRegistration app = app();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
        String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        OAuth2AuthorizationRequest request = OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(app.getProviderDetails().getAuthorizationUri())
                .clientId(app.getClientId())
                .redirectUri(CALLBACK)
                .scopes(app.getScopes())
                .state("a state/with=characters")
                .additionalParameters(Map.of("code_challenge", challenge, "code_challenge_method", "S256"))
                .attributes(Map.of("code_verifier", verifier))
                .build();
        Map<String, String> answer = visit(request.getAuthorizationRequestUri());
        OAuth2AuthorizationResponse response = OAuth2AuthorizationResponse.success(answer.get("code"))
                .redirectUri(CALLBACK)
                .state(answer.get("state"))
                .build();
        expect(response.getState(), request.getState());
        return new RestClientAuthorizationCodeTokenResponseClient().getTokenResponse(
                new OAuth2AuthorizationCodeGrantRequest(app, new OAuth2AuthorizationExchange(request, response)));
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

    private static void getClientToken() {
        ClientRegistration machine = ClientRegistrations.fromIssuerLocation(ISSUER)
                .clientId("machine")
                .clientSecret("a secret: 24%+characters")
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scope("orders/read")
                .build();
        OAuth2AccessTokenResponse tokens = new RestClientClientCredentialsTokenResponseClient()
                .getTokenResponse(new OAuth2ClientCredentialsGrantRequest(machine));
        // The service does not repeat the scope beside the token
        String payload = tokens.getAccessToken().getTokenValue().split("\\.")[1];
        String claims = new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
        expect(claims.contains("\"scope\":\"orders/read\""), true);
    }

    private static void expect(Object actual, Object expected) {
        if (!expected.equals(actual)) throw new AssertionError(actual + " instead of " + expected);
    }
}

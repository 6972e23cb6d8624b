import java.util.List;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

final class Verifier {
    /** The issuer is {endpoint}/{userPoolId} of a local pool whose option {@code issuer} is {@code endpoint}. */
    static JwtDecoder ofAccessTokens(String issuer, String clientId) {
        JwtClaimValidator<String> client = new JwtClaimValidator<>("client_id", clientId::equals);
        return create(issuer, "access", client);
    }

    static JwtDecoder ofIdTokens(String issuer, String clientId) {
        JwtClaimValidator<List<String>> client =
                new JwtClaimValidator<>("aud", audience -> audience != null && audience.contains(clientId));
        return create(issuer, "id", client);
    }

    private static JwtDecoder create(String issuer, String use, JwtClaimValidator<?> client) {
        // It asks the issuer for its configuration, and that for the keys
        NimbusJwtDecoder decoder = JwtDecoders.fromIssuerLocation(issuer);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<Jwt>(
                JwtValidators.createDefaultWithIssuer(issuer),
                new JwtClaimValidator<String>("token_use", use::equals),
                client));
        return decoder;
    }
}

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the cases for Spring Security: {@code Main FILE}. What FILE has is described in ../README.md. */
final class Main {
    public static void main(String[] arguments) throws Exception {
        JsonMapper json = new JsonMapper();
        JsonNode given = json.readTree(Files.readString(Path.of(arguments[0])));
        String issuer = given.get("endpoint").asString() + "/" + given.get("userPoolId").asString();
        String clientId = given.get("clientId").asString();
        Map<String, JwtDecoder> decoders = Map.of(
                "access", Verifier.ofAccessTokens(issuer, clientId),
                "id", Verifier.ofIdTokens(issuer, clientId));
        for (JsonNode each : given.get("cases")) {
            Map<String, String> verdict = new LinkedHashMap<>();
            verdict.put("name", each.get("name").asString());
            try {
                JwtDecoder decoder = decoders.get(each.get("use").asString());
                verdict.put("sub", decoder.decode(each.get("token").asString()).getSubject());
            } catch (JwtException refusal) {
                verdict.put("refused", refusal.toString());
            }
            System.out.println(json.writeValueAsString(verdict));
        }
    }
}

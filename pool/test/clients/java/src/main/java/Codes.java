import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What a client computes or reads beside the SDK: one-time codes, SECRET_HASH, the claims of a token, the outbox of the pool. */
final class Codes {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Codes() {}

    static byte[] hmac(String algorithm, byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key, algorithm));
        return mac.doFinal(message);
    }

    /** RFC 6238 with six digits and SHA-1. A step ahead gives another code, because a code is taken once. */
    static String totp(String secret, int stepsAhead) throws GeneralSecurityException {
        long step = Instant.now().getEpochSecond() / 30 + stepsAhead;
        byte[] digest = hmac("HmacSHA1", fromBase32(secret), ByteBuffer.allocate(8).putLong(step).array());
        int number = ByteBuffer.wrap(digest).getInt(digest[digest.length - 1] & 15) & Integer.MAX_VALUE;
        return "%06d".formatted(number % 1_000_000);
    }

    private static byte[] fromBase32(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 5 / 8);
        int bits = 0;
        int bitCount = 0;
        for (char letter : text.toCharArray()) {
            bits = bits << 5 | BASE32.indexOf(letter);
            bitCount += 5;
            if (bitCount < 8) continue;
            bitCount -= 8;
            bytes.put((byte) (bits >> bitCount));
        }
        return bytes.array();
    }

    static String secretHash(String username, String clientId, String clientSecret) throws GeneralSecurityException {
        byte[] message = (username + clientId).getBytes(StandardCharsets.UTF_8);
        byte[] hash = hmac("HmacSHA256", clientSecret.getBytes(StandardCharsets.UTF_8), message);
        return Base64.getEncoder().encodeToString(hash);
    }

    static Map<String, Object> claimsOf(String token) {
        byte[] payload = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
        return JSON.readValue(payload, new TypeReference<>() {});
    }

    /** The newest code in the outbox for a user of a pool. Other clients have users of the same name in other pools. */
    static String lastCode(AwsPool pool, String username) throws Exception {
        HttpResponse<String> reply = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create(pool.endpoint + "/_/outbox")).build(), HttpResponse.BodyHandlers.ofString());
        List<Map<String, Object>> messages = JSON.readValue(reply.body(), new TypeReference<>() {});
        for (int i = messages.size() - 1; i >= 0; i--) {
            Map<String, Object> message = messages.get(i);
            if (!pool.id.equals(message.get("userPoolId"))) continue;
            if (username.equals(message.get("username"))) return (String) message.get("code");
        }
        throw new AssertionError("no code was sent to " + username);
    }
}

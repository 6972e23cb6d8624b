import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/**
 * The client's side of SRP-6a as Cognito uses it, in the letters of RFC 5054. {@code BigInteger.toByteArray} pads as the service
 * does: a byte 0 goes before a number whose highest bit is set.
 */
final class CognitoSrp {
    /** The group of 3072 bits of RFC 5054, which RFC 3526 has too. */
    private static final BigInteger N = new BigInteger(
            "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
                    + "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
                    + "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
                    + "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
                    + "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
                    + "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
                    + "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
                    + "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
            16);
    private static final BigInteger g = BigInteger.TWO;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss 'UTC' yyyy", Locale.US).withZone(ZoneOffset.UTC);

    private final String group;
    private final String password;
    private final BigInteger a = new BigInteger(1024, RANDOM);

    /** @param group what stands after the underscore in the id of the pool, or the group key of a device */
    CognitoSrp(String group, String password) {
        this.group = group;
        this.password = password;
    }

    /** A = g^a mod N, in hexadecimal. */
    String publicKey() {
        return g.modPow(a, N).toString(16);
    }

    /**
     * @param identity USER_ID_FOR_SRP, or the key of the device
     * @return what both kinds of proof respond
     */
    Map<String, String> prove(String identity, Map<String, String> challenge) throws GeneralSecurityException {
        BigInteger B = new BigInteger(challenge.get("SRP_B"), 16);
        BigInteger salt = new BigInteger(challenge.get("SALT"), 16);
        BigInteger A = g.modPow(a, N);
        BigInteger u = hash(A.toByteArray(), B.toByteArray());
        BigInteger k = hash(N.toByteArray(), g.toByteArray());
        BigInteger x = privateKey(salt, identity);
        // S = (B - k * g^x) ^ (a + u * x) mod N
        BigInteger S = B.subtract(k.multiply(g.modPow(x, N))).modPow(a.add(u.multiply(x)), N);
        // HKDF of RFC 5869, whose first block has more than the 16 bytes
        byte[] pseudorandomKey = Codes.hmac("HmacSHA256", u.toByteArray(), S.toByteArray());
        byte[] block = Codes.hmac("HmacSHA256", pseudorandomKey, concat(utf8("Caldera Derived Key"), new byte[] {1}));
        byte[] K = Arrays.copyOf(block, 16);
        String timestamp = TIMESTAMP.format(Instant.now());
        byte[] secretBlock = Base64.getDecoder().decode(challenge.get("SECRET_BLOCK"));
        byte[] signature = Codes.hmac("HmacSHA256", K, concat(utf8(group), utf8(identity), secretBlock, utf8(timestamp)));
        return Map.of(
                "PASSWORD_CLAIM_SECRET_BLOCK", challenge.get("SECRET_BLOCK"),
                "PASSWORD_CLAIM_SIGNATURE", Base64.getEncoder().encodeToString(signature),
                "TIMESTAMP", timestamp);
    }

    /** The salt and the verifier of the password, in base64, as ConfirmDevice takes them. */
    Map<String, String> makeVerifier(String identity) throws GeneralSecurityException {
        BigInteger salt = new BigInteger(128, RANDOM);
        BigInteger v = g.modPow(privateKey(salt, identity), N);
        Base64.Encoder base64 = Base64.getEncoder();
        return Map.of(
                "Salt", base64.encodeToString(salt.toByteArray()),
                "PasswordVerifier", base64.encodeToString(v.toByteArray()));
    }

    /** x = H(salt | H(group identity ":" password)). */
    private BigInteger privateKey(BigInteger salt, String identity) throws GeneralSecurityException {
        byte[] inner = digest(utf8(group + identity + ":" + password));
        return hash(salt.toByteArray(), inner);
    }

    private static BigInteger hash(byte[]... parts) throws GeneralSecurityException {
        return new BigInteger(1, digest(concat(parts)));
    }

    private static byte[] digest(byte[] message) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(message);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] concat(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) all.put(part);
        return all.array();
    }
}

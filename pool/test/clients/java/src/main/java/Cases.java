import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/** Runs the cases of a program, and prints lines of JSON as {@code cases.py} beside this folder does. */
final class Cases {
    interface Attempt {
        void run() throws Exception;
    }

    private record Case(String name, Attempt attempt, String differs) {}

    private final List<Case> cases = new ArrayList<>();

    /** @param name a flow of scripts/clients-flows.mjs, with details in brackets */
    Cases add(String name, Attempt attempt) {
        return add(name, attempt, null);
    }

    /** @param differs in what the client differs from others in this flow, although the case passes */
    Cases add(String name, Attempt attempt, String differs) {
        cases.add(new Case(name, attempt, differs));
        return this;
    }

    void run() {
        JsonMapper json = new JsonMapper();
        System.out.println(json.writeValueAsString(Map.of("cases", cases.stream().map(Case::name).toList())));
        for (Case each : cases) {
            Map<String, String> result = new LinkedHashMap<>();
            result.put("name", each.name());
            try {
                each.attempt().run();
                if (each.differs() != null) result.put("differs", each.differs());
            } catch (Exception | AssertionError error) {
                result.put("error", error.toString());
            }
            System.out.println(json.writeValueAsString(result));
        }
    }

    static void expect(Object actual, Object expected) {
        if (!Objects.equals(actual, expected)) throw new AssertionError(actual + " instead of " + expected);
    }
}

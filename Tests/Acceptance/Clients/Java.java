import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A session of Step Functions with the JDK's HTTP client, which offers HTTP/2 by an upgrade in its
 * first request, and Signature Version 4 as AWS's guide describes it.
 *
 * <p>{@code java Java.java ENDPOINT KEY SECRET [TOKEN]} prints {@code ok STEP} for each step, or
 * {@code FAIL STEP: why} and ends with status 1.
 */
public final class Java {
  private static final String ROLE = "arn:aws:iam::123456789012:role/any";
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI endpoint;
  private final String key;
  private final String secret;
  private final String token;
  private final List<String> machines = new ArrayList<>();

  private Java(String[] arguments) {
    endpoint = URI.create(arguments[0] + "/");
    key = arguments[1];
    secret = arguments[2];
    token = arguments.length > 3 ? arguments[3] : null;
  }

  /** What the service refuses. */
  private static final class Refused extends RuntimeException {
    final String code;

    Refused(String body) {
      super(body);
      code = member(body, "__type").replaceFirst(".*#", "");
    }
  }

  private interface Step {
    void run() throws Exception;
  }

  private static void step(String name, Step step) {
    try {
      step.run();
      System.out.println("ok " + name);
    } catch (Throwable error) {
      System.out.println("FAIL " + name + ": " + error.toString().replace('\n', ' '));
      System.exit(1);
    }
  }

  private static void same(Object found, Object expected) {
    if (!found.equals(expected)) {
      throw new IllegalStateException("found " + found);
    }
  }

  /** A text of an answer, whose escapes are those of JSON in JSON. */
  private static String member(String body, String name) {
    var found = Pattern.compile('"' + name + "\":\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(body);
    return found.find() ? found.group(1).replace("\\\"", "\"").replace("\\\\", "\\") : "";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static byte[] mac(byte[] key, String text) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String digest(String text) throws Exception {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /** The header fields of a request, with those of its signature. */
  private TreeMap<String, String> signed(String operation, String body) throws Exception {
    var now = ZonedDateTime.now(ZoneOffset.UTC);
    var time = now.format(DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'"));
    var fields = new TreeMap<String, String>();
    fields.put("content-type", "application/x-amz-json-1.0");
    fields.put("host", endpoint.getAuthority());
    fields.put("x-amz-date", time);
    fields.put("x-amz-target", "AWSStepFunctions." + operation);
    if (token != null) {
      fields.put("x-amz-security-token", token);
    }
    var lines = new StringBuilder();
    fields.forEach((name, value) -> lines.append(name).append(':').append(value).append('\n'));
    var names = String.join(";", fields.keySet());
    var scope = time.substring(0, 8) + "/us-east-1/states/aws4_request";
    var canonical = "POST\n/\n\n" + lines + '\n' + names + '\n' + digest(body);
    var signing = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (var part : scope.split("/")) {
      signing = mac(signing, part);
    }
    var text = "AWS4-HMAC-SHA256\n" + time + '\n' + scope + '\n' + digest(canonical);
    var signature = HexFormat.of().formatHex(mac(signing, text));
    fields.put("authorization", "AWS4-HMAC-SHA256 Credential=" + key + '/' + scope
        + ", SignedHeaders=" + names + ", Signature=" + signature);
    fields.remove("host");
    return fields;
  }

  private CompletableFuture<String> send(String operation, String body) throws Exception {
    var request = HttpRequest.newBuilder(endpoint).timeout(Duration.ofSeconds(70))
        .POST(HttpRequest.BodyPublishers.ofString(body));
    signed(operation, body).forEach(request::setHeader);
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
        .thenApply(answer -> {
          if (answer.statusCode() != 200) {
            throw new Refused(answer.body());
          }
          return answer.body();
        });
  }

  private String call(String operation, String... members) throws Exception {
    var parts = new ArrayList<String>();
    for (int index = 0; index < members.length; index += 2) {
      var value = members[index + 1];
      parts.add(quoted(members[index]) + ':'
          + (value.matches("\\d+|\\[.*\\]") ? value : quoted(value)));
    }
    try {
      return send(operation, '{' + String.join(",", parts) + '}').join();
    } catch (java.util.concurrent.CompletionException error) {
      throw error.getCause() instanceof Refused refused ? refused : error;
    }
  }

  private String refusal(String operation, String... members) throws Exception {
    try {
      return call(operation, members);
    } catch (Refused refused) {
      return refused.code;
    }
  }

  private String machine(String name, String type, String states) throws Exception {
    var arn = member(call("CreateStateMachine", "name", name, "type", type, "roleArn", ROLE,
        "definition", "{\"StartAt\":\"S\",\"States\":" + states + '}',
        "tags", "[{\"key\":\"team\",\"value\":\"a b\"}]"), "stateMachineArn");
    machines.add(arn);
    return arn;
  }

  private String start(String machine, String name, String input) throws Exception {
    return member(call("StartExecution", "stateMachineArn", machine, "name", name,
        "input", "{\"x\":\"" + input + "\"}"), "executionArn");
  }

  private String ended(String run) throws Exception {
    for (int tries = 0; tries < 300; tries++) {
      var found = call("DescribeExecution", "executionArn", run);
      if (!member(found, "status").equals("RUNNING")) {
        return found;
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("it does not end");
  }

  private List<String> pages(String operation, String... members) throws Exception {
    var pages = new ArrayList<String>();
    var next = new ArrayList<>(List.of(members));
    for (String token; ; next.addAll(List.of("nextToken", token))) {
      pages.add(call(operation, next.toArray(String[]::new)));
      token = member(pages.get(pages.size() - 1), "nextToken");
      if (token.isEmpty()) {
        return pages;
      }
      next = new ArrayList<>(List.of(members));
    }
  }

  private void run() {
    step("create", () -> machine("java", "STANDARD",
        "{\"S\":{\"Type\":\"Wait\",\"Seconds\":1,\"Next\":\"P\"},"
            + "\"P\":{\"Type\":\"Pass\",\"End\":true}}"));
    var run = new String[1];
    step("start", () -> {
      run[0] = start(machines.get(0), "one", "ß日本");
      var found = ended(run[0]);
      same(member(found, "status"), "SUCCEEDED");
      same(member(found, "output"), "{\"x\":\"ß日本\"}");
    });
    step("history", () -> {
      var pages = pages("GetExecutionHistory", "executionArn", run[0], "maxResults", "4");
      var types = Pattern.compile("\"type\":\"(\\w+)\"").matcher(String.join("", pages));
      var found = types.results().map(each -> each.group(1)).toList();
      same(pages.size(), 2);
      same(found, List.of("ExecutionStarted", "WaitStateEntered", "WaitStateExited",
          "PassStateEntered", "PassStateExited", "ExecutionSucceeded"));
    });
    step("stop", () -> {
      var machine = machine("java-long", "STANDARD",
          "{\"S\":{\"Type\":\"Wait\",\"Seconds\":600,\"End\":true}}");
      var stopped = start(machine, "two", "");
      call("StopExecution", "executionArn", stopped, "error", "Enough", "cause", "tired of it");
      var found = ended(stopped);
      same(List.of(member(found, "status"), member(found, "error"), member(found, "cause")),
          List.of("ABORTED", "Enough", "tired of it"));
    });
    step("list", () -> {
      var pages = String.join("", pages("ListStateMachines", "maxResults", "1"));
      same(pages.split("\"stateMachineArn\"").length, 3);
      var found = call(
          "ListExecutions", "stateMachineArn", machines.get(1), "statusFilter", "ABORTED");
      same(member(found, "name"), "two");
    });
    step("tags", () -> {
      call("TagResource", "resourceArn", machines.get(0),
          "tags", "[{\"key\":\"more\",\"value\":\"\"}]");
      var found = call("ListTagsForResource", "resourceArn", machines.get(0));
      same(found.split("\"key\"").length, 3);
    });
    step("errors", () -> {
      var absent = run[0].replace("execution:java:", "execution:no:");
      same(refusal("DescribeExecution", "executionArn", absent), "ExecutionDoesNotExist");
      same(refusal("CreateStateMachine", "name", "bad", "roleArn", ROLE, "definition", "{}"),
          "InvalidDefinition");
    });
    var activity = new String[1];
    step("activity", () -> {
      activity[0] = member(call("CreateActivity", "name", "java"), "activityArn");
      var working = machine("java-work", "STANDARD", "{\"S\":{\"Type\":\"Task\",\"Resource\":"
          + quoted(activity[0]) + ",\"End\":true}}");
      // The worker asks before there is anything to do.
      var asked = send("GetActivityTask", "{\"activityArn\":" + quoted(activity[0]) + '}');
      var job = start(working, "three", "job");
      var task = asked.join();
      var token = member(task, "taskToken");
      call("SendTaskHeartbeat", "taskToken", token);
      call("SendTaskSuccess", "taskToken", token, "output", member(task, "input"));
      same(member(ended(job), "output"), "{\"x\":\"job\"}");
      same(refusal("SendTaskSuccess", "taskToken", token, "output", "\"\""), "TaskTimedOut");
    });
    step("sync", () -> {
      var express = machine("java-express", "EXPRESS",
          "{\"S\":{\"Type\":\"Fail\",\"Error\":\"E\",\"Cause\":\"C\"}}");
      var ran = call("StartSyncExecution", "stateMachineArn", express);
      same(List.of(member(ran, "status"), member(ran, "error")), List.of("FAILED", "E"));
    });
    step("delete", () -> {
      for (var arn : machines) {
        call("DeleteStateMachine", "stateMachineArn", arn);
      }
      call("DeleteActivity", "activityArn", activity[0]);
      same(call("ListActivities").contains("activityArn"), false);
    });
  }

  public static void main(String[] arguments) {
    new Java(arguments).run();
  }
}

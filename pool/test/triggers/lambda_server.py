"""Answers the Invoke operation of the Lambda API on a free port of this machine, with a handler written in Python.

It prints the port as its first line, and then one line of JSON for each event. Its handler fills in the response of every Cognito
trigger. The name of the function says what goes wrong: `fail`, `slow`, `nothing`, `text`, `stranger` and `missing`.
"""

import json
import re
import threading
import time
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def lambda_handler(event, context):
    source = event["triggerSource"]
    # The events of custom senders have none
    response = event.get("response")
    if source == "DefineAuthChallenge_Authentication":
        session = event["request"]["session"]
        if session and session[-1]["challengeResult"]:
            response["issueTokens"] = True
        else:
            response["challengeName"] = "CUSTOM_CHALLENGE"
    elif source == "CreateAuthChallenge_Authentication":
        response["publicChallengeParameters"] = {"question": "Which colour?"}
        response["privateChallengeParameters"] = {"answer": "blue"}
    elif source == "VerifyAuthChallengeResponse_Authentication":
        request = event["request"]
        response["answerCorrect"] = (
            request["challengeAnswer"] == request["privateChallengeParameters"]["answer"]
        )
    elif source == "PreSignUp_SignUp":
        response["autoConfirmUser"] = True
    elif source == "TokenGeneration_Authentication":
        response["claimsOverrideDetails"] = {"claimsToAddOrOverride": {"team": "blue"}}
    elif source == "UserMigration_Authentication":
        response["userAttributes"] = {"email": "alice@example.com", "email_verified": "true"}
        response["finalUserStatus"] = "CONFIRMED"
        response["messageAction"] = "SUPPRESS"
    elif source == "CustomMessage_SignUp":
        response["emailSubject"] = "Blue team"
        response["emailMessage"] = "Your blue code is " + event["request"]["codeParameter"]
    elif source == "InboundFederation_ExternalProvider":
        response["userAttributesToMap"] = {"email": "blue@example.com"}
    return event


def fail(event, context):
    raise ValueError("no luck")


def slow(event, context):
    time.sleep(1)
    return event


HANDLERS = {
    "fail": fail,
    "slow": slow,
    "nothing": lambda event, context: None,
    "stranger": lambda event, context: {"statusCode": 200},
}


# Requests are answered in threads, whose lines must not mix
PRINTING = threading.Lock()


class Invoke(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        path, _, query = self.path.partition("?")
        match = re.fullmatch(r"/2015-03-31/functions/([\w-]+)/invocations", path)
        if not match or match[1] == "missing":
            self.reply(404, {"Type": "User", "Message": "Function not found"})
            return
        name = match[1]
        event = json.loads(body)
        with PRINTING:
            print(json.dumps({"name": name, "query": query, "event": event}), flush=True)
        if name == "text":
            self.reply_text(200, "this is not JSON")
            return
        try:
            self.reply(200, HANDLERS.get(name, lambda_handler)(event, None))
        except Exception as error:
            failure = {
                "errorMessage": str(error),
                "errorType": type(error).__name__,
                "stackTrace": traceback.format_tb(error.__traceback__),
            }
            self.reply(200, failure, {"X-Amz-Function-Error": "Unhandled"})

    def reply(self, status, value, headers=None):
        self.reply_text(status, json.dumps(value), headers)

    def reply_text(self, status, text, headers=None):
        try:
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())
        except (BrokenPipeError, ConnectionResetError):
            # Whoever asked has stopped waiting
            pass

    def log_message(self, *args):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Invoke)
    print(server.server_address[1], flush=True)
    server.serve_forever()

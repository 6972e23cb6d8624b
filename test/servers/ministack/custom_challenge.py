"""The triggers of a sign-in with one custom challenge. A password over SRP comes before it, if the client has begun with SRP_A."""

import os


def define(request):
    session = request.get("session") or []
    if not session:
        return {"challengeName": "CUSTOM_CHALLENGE"}
    last = session[-1]
    if not last.get("challengeResult"):
        return {"issueTokens": False, "failAuthentication": True}
    if last["challengeName"] == "SRP_A":
        return {"challengeName": "PASSWORD_VERIFIER"}
    if last["challengeName"] == "PASSWORD_VERIFIER":
        return {"challengeName": "CUSTOM_CHALLENGE"}
    return {"issueTokens": True, "failAuthentication": False}


def create(_):
    return {
        "publicChallengeParameters": {"question": "the word"},
        "privateChallengeParameters": {"answer": os.environ["ANSWER"]},
    }


def verify(request):
    right = request["privateChallengeParameters"]["answer"]
    return {"answerCorrect": request["challengeAnswer"] == right}


TRIGGERS = {
    "DefineAuthChallenge_Authentication": define,
    "CreateAuthChallenge_Authentication": create,
    "VerifyAuthChallengeResponse_Authentication": verify,
}


def handler(event, _):
    trigger = TRIGGERS.get(event["triggerSource"])
    if trigger:
        event["response"] = trigger(event["request"])
    return event

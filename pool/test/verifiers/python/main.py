"""Runs the cases for PyJWT: `main.py FILE`. What FILE has is described in ../README.md."""

import json
import sys

from verifier import create_verifier

with open(sys.argv[1], encoding="utf-8") as file:
    given = json.load(file)
verify = create_verifier(given["endpoint"], given["userPoolId"], given["clientId"])
for case in given["cases"]:
    try:
        verdict = {"sub": verify(case["token"], case["use"])["sub"]}
    except Exception as error:  # A refusal of any kind is a verdict, and the next case runs all the same
        verdict = {"refused": f"{type(error).__name__}: {error}"}
    print(json.dumps({"name": case["name"], **verdict}))

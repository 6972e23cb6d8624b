"""Makes the Lambda function of the custom challenge at ministack: add_triggers.py ENDPOINT WORD. botocore, which ministack needs itself, signs it."""

import io
import json
import pathlib
import sys
import zipfile

import botocore.session

endpoint, word = sys.argv[1:]
source = pathlib.Path(__file__).with_name("custom_challenge.py")
code = io.BytesIO()
with zipfile.ZipFile(code, "w") as archive:
    archive.write(source, source.name)

def open_client(service):
    # ministack knows this key, whose secret is the same word, and refuses others where its variable AUTH is true
    return botocore.session.get_session().create_client(
        service,
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


def allow(principal):
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": principal}}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


role = open_client("iam").create_role(
    RoleName="triggers", AssumeRolePolicyDocument=allow("lambda.amazonaws.com")
)
functions = open_client("lambda")
functions.create_function(
    FunctionName="custom-challenge",
    Runtime="python3.12",
    Handler="custom_challenge.handler",
    Role=role["Role"]["Arn"],
    Environment={"Variables": {"ANSWER": word}},
    Code={"ZipFile": code.getvalue()},
)
functions.add_permission(
    FunctionName="custom-challenge",
    StatementId="cognito",
    Action="lambda:InvokeFunction",
    Principal="cognito-idp.amazonaws.com",
)

"""Sets a pool up by boto3, as an integration test does: a pool, app clients, users and groups."""

import boto3

from cases import ENDPOINT, FLOWS, PASSWORD, SMS_ROLE

# The credentials and the region stand in the environment
idp = boto3.client("cognito-idp", endpoint_url=ENDPOINT)


def create_pool(**settings):
    """Creates a pool whose users may have second factors."""
    pool_id = idp.create_user_pool(PoolName="clients", **settings)["UserPool"]["Id"]
    idp.set_user_pool_mfa_config(
        UserPoolId=pool_id,
        MfaConfiguration="OPTIONAL",
        SmsMfaConfiguration={"SmsConfiguration": SMS_ROLE},
        SoftwareTokenMfaConfiguration={"Enabled": True},
    )
    return pool_id


def create_client(pool_id, **settings):
    """Creates an app client, and gives its id and its secret, if it has one."""
    settings.setdefault("ExplicitAuthFlows", FLOWS)
    client = idp.create_user_pool_client(UserPoolId=pool_id, ClientName="app", **settings)["UserPoolClient"]
    return client["ClientId"], client.get("ClientSecret")


def create_user(pool_id, username, **attributes):
    """Creates a user whose password lasts."""
    create_temporary_user(pool_id, username, **attributes)
    idp.admin_set_user_password(
        UserPoolId=pool_id, Username=username, Password=PASSWORD, Permanent=True
    )
    return username


def create_temporary_user(pool_id, username, **attributes):
    """Creates a user who has to choose a new password."""
    idp.admin_create_user(
        UserPoolId=pool_id,
        Username=username,
        TemporaryPassword=PASSWORD,
        MessageAction="SUPPRESS",
        UserAttributes=[{"Name": name, "Value": value} for name, value in attributes.items()],
    )
    return username


def create_group_of(pool_id, group, username):
    idp.create_group(UserPoolId=pool_id, GroupName=group)
    idp.admin_add_user_to_group(UserPoolId=pool_id, GroupName=group, Username=username)

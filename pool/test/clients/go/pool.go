package main

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	idp "github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/types"
)

const (
	password      = "Correct-Horse-9"
	otherPassword = "Another-Horse-8"
)

var flows = []types.ExplicitAuthFlowsType{
	types.ExplicitAuthFlowsTypeAllowUserSrpAuth,
	types.ExplicitAuthFlowsTypeAllowUserPasswordAuth,
	types.ExplicitAuthFlowsTypeAllowAdminUserPasswordAuth,
	types.ExplicitAuthFlowsTypeAllowUserAuth,
	types.ExplicitAuthFlowsTypeAllowCustomAuth,
	types.ExplicitAuthFlowsTypeAllowRefreshTokenAuth,
}

var background = context.Background()

// A pool of a running service, as a program in Go sees it.
type pool struct {
	*idp.Client
	endpoint string
	id       string
	clientID string
}

func connect(endpoint string) *pool {
	return &pool{endpoint: endpoint, Client: idp.New(idp.Options{
		BaseEndpoint: aws.String(endpoint),
		Region:       "us-east-1",
		Credentials:  credentials.NewStaticCredentialsProvider("any", "any", ""),
	})}
}

func (p *pool) setUp() error {
	created, err := p.CreateUserPool(background, &idp.CreateUserPoolInput{
		PoolName: aws.String("clients"), AutoVerifiedAttributes: []types.VerifiedAttributeType{types.VerifiedAttributeTypeEmail},
	})
	if err != nil {
		return err
	}
	p.id = *created.UserPool.Id
	if _, err = p.SetUserPoolMfaConfig(background, &idp.SetUserPoolMfaConfigInput{
		UserPoolId:                    &p.id,
		MfaConfiguration:              types.UserPoolMfaTypeOptional,
		SoftwareTokenMfaConfiguration: &types.SoftwareTokenMfaConfigType{Enabled: true},
		SmsMfaConfiguration: &types.SmsMfaConfigType{SmsConfiguration: &types.SmsConfigurationType{
			SnsCallerArn: aws.String("arn:aws:iam::123456789012:role/sms"), ExternalId: aws.String("clients"),
		}},
	}); err != nil {
		return err
	}
	if p.clientID, _, err = p.createClient(false); err != nil {
		return err
	}
	if err := p.createUser("alice", nil); err != nil {
		return err
	}
	group := aws.String("writers")
	if _, err = p.CreateGroup(background, &idp.CreateGroupInput{UserPoolId: &p.id, GroupName: group}); err != nil {
		return err
	}
	_, err = p.AdminAddUserToGroup(background, &idp.AdminAddUserToGroupInput{
		UserPoolId: &p.id, GroupName: group, Username: aws.String("alice"),
	})
	return err
}

func (p *pool) createClient(withSecret bool) (id, secret string, err error) {
	created, err := p.CreateUserPoolClient(background, &idp.CreateUserPoolClientInput{
		UserPoolId: &p.id, ClientName: aws.String("app"), ExplicitAuthFlows: flows, GenerateSecret: withSecret,
	})
	if err != nil {
		return "", "", err
	}
	return *created.UserPoolClient.ClientId, aws.ToString(created.UserPoolClient.ClientSecret), nil
}

func (p *pool) createTemporaryUser(username string, attributes []types.AttributeType) error {
	_, err := p.AdminCreateUser(background, &idp.AdminCreateUserInput{
		UserPoolId: &p.id, Username: &username, TemporaryPassword: aws.String(password),
		MessageAction: types.MessageActionTypeSuppress, UserAttributes: attributes,
	})
	return err
}

func (p *pool) createUser(username string, attributes []types.AttributeType) error {
	if err := p.createTemporaryUser(username, attributes); err != nil {
		return err
	}
	_, err := p.AdminSetUserPassword(background, &idp.AdminSetUserPasswordInput{
		UserPoolId: &p.id, Username: &username, Password: aws.String(password), Permanent: true,
	})
	return err
}

func attribute(name, value string) types.AttributeType {
	return types.AttributeType{Name: &name, Value: &value}
}

// begin begins a sign-in with a password.
func (p *pool) begin(username, secret string) (*idp.InitiateAuthOutput, error) {
	return p.initiate(types.AuthFlowTypeUserPasswordAuth, map[string]string{"USERNAME": username, "PASSWORD": secret})
}

func (p *pool) initiate(flow types.AuthFlowType, parameters map[string]string) (*idp.InitiateAuthOutput, error) {
	return p.InitiateAuth(background, &idp.InitiateAuthInput{
		ClientId: &p.clientID, AuthFlow: flow, AuthParameters: parameters,
	})
}

func (p *pool) signIn(username string) (*types.AuthenticationResultType, error) {
	return p.signInWith(username, password)
}

func (p *pool) signInWith(username, secret string) (*types.AuthenticationResultType, error) {
	reply, err := p.begin(username, secret)
	if err != nil {
		return nil, err
	}
	if reply.AuthenticationResult == nil {
		return nil, fmt.Errorf("asks for %s", reply.ChallengeName)
	}
	return reply.AuthenticationResult, nil
}

// respond answers a challenge, and fails unless tokens follow.
func (p *pool) respond(
	name types.ChallengeNameType, session *string, responses map[string]string,
) (*types.AuthenticationResultType, error) {
	reply, err := p.RespondToAuthChallenge(background, &idp.RespondToAuthChallengeInput{
		ClientId: &p.clientID, ChallengeName: name, Session: session, ChallengeResponses: responses,
	})
	if err != nil {
		return nil, err
	}
	if reply.AuthenticationResult == nil {
		return nil, fmt.Errorf("asks for %s", reply.ChallengeName)
	}
	return reply.AuthenticationResult, nil
}

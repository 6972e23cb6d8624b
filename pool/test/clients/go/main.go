// The AWS SDK for Go sets a pool up and signs in. The proof by SRP is that of alexrudd/cognito-srp.
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"time"

	cognitosrp "github.com/alexrudd/cognito-srp/v4"
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
	created, err := p.CreateUserPool(background, &idp.CreateUserPoolInput{PoolName: aws.String("clients")})
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

func (p *pool) begin(username, secret string) (*idp.InitiateAuthOutput, error) {
	return p.initiate(types.AuthFlowTypeUserPasswordAuth, map[string]string{"USERNAME": username, "PASSWORD": secret})
}

func (p *pool) initiate(flow types.AuthFlowType, parameters map[string]string) (*idp.InitiateAuthOutput, error) {
	return p.InitiateAuth(background, &idp.InitiateAuthInput{
		ClientId: &p.clientID, AuthFlow: flow, AuthParameters: parameters,
	})
}

func (p *pool) signIn(username string) (*types.AuthenticationResultType, error) {
	reply, err := p.begin(username, password)
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

func (p *pool) byPassword() error {
	tokens, err := p.signIn("alice")
	if err != nil {
		return err
	}
	claims, err := claimsOf(*tokens.IdToken)
	if err != nil {
		return err
	}
	if err := expect(claims["cognito:groups"], []any{"writers"}); err != nil {
		return err
	}
	user, err := p.GetUser(background, &idp.GetUserInput{AccessToken: tokens.AccessToken})
	if err != nil {
		return err
	}
	return expect(*user.Username, "alice")
}

func (p *pool) byWrongPassword() error {
	_, err := p.begin("alice", "Wrong-Horse-9")
	if err := refusedWith(err, "NotAuthorizedException", "Incorrect username or password."); err != nil {
		return err
	}
	_, err = p.begin("nobody", password)
	return refusedWith(err, "UserNotFoundException", "User does not exist.")
}

func (p *pool) byAdministrator() error {
	reply, err := p.AdminInitiateAuth(background, &idp.AdminInitiateAuthInput{
		UserPoolId: &p.id, ClientId: &p.clientID, AuthFlow: types.AuthFlowTypeAdminUserPasswordAuth,
		AuthParameters: map[string]string{"USERNAME": "alice", "PASSWORD": password},
	})
	if err != nil {
		return err
	}
	_, err = claimsOf(*reply.AuthenticationResult.AccessToken)
	return err
}

func (p *pool) newPassword() error {
	if err := p.createTemporaryUser("new", nil); err != nil {
		return err
	}
	asked, err := p.begin("new", password)
	if err != nil {
		return err
	}
	if err := expect(asked.ChallengeName, types.ChallengeNameTypeNewPasswordRequired); err != nil {
		return err
	}
	answer := map[string]string{"USERNAME": "new", "NEW_PASSWORD": otherPassword}
	if _, err := p.respond(asked.ChallengeName, asked.Session, answer); err != nil {
		return err
	}
	_, err = p.begin("new", otherPassword)
	return err
}

func (p *pool) refresh() error {
	tokens, err := p.signIn("alice")
	if err != nil {
		return err
	}
	parameters := map[string]string{"REFRESH_TOKEN": *tokens.RefreshToken}
	if _, err := p.initiate(types.AuthFlowTypeRefreshTokenAuth, parameters); err != nil {
		return err
	}
	_, err = p.GetTokensFromRefreshToken(background, &idp.GetTokensFromRefreshTokenInput{
		ClientId: &p.clientID, RefreshToken: tokens.RefreshToken,
	})
	return err
}

func (p *pool) withSecret() error {
	id, secret, err := p.createClient(true)
	if err != nil {
		return err
	}
	server := &pool{Client: p.Client, endpoint: p.endpoint, id: p.id, clientID: id}
	parameters := map[string]string{"USERNAME": "alice", "PASSWORD": password}
	_, err = server.initiate(types.AuthFlowTypeUserPasswordAuth, parameters)
	missing := fmt.Sprintf("Client %s is configured with secret but SECRET_HASH was not received", id)
	if err := refusedWith(err, "NotAuthorizedException", missing); err != nil {
		return err
	}
	parameters["SECRET_HASH"] = secretHash("alice", id, secret)
	_, err = server.initiate(types.AuthFlowTypeUserPasswordAuth, parameters)
	return err
}

func (p *pool) withTOTP() error {
	if err := p.createUser("totp", nil); err != nil {
		return err
	}
	tokens, err := p.signIn("totp")
	if err != nil {
		return err
	}
	token, err := p.AssociateSoftwareToken(background, &idp.AssociateSoftwareTokenInput{AccessToken: tokens.AccessToken})
	if err != nil {
		return err
	}
	code, err := totp(*token.SecretCode, 0)
	if err != nil {
		return err
	}
	if _, err := p.VerifySoftwareToken(background, &idp.VerifySoftwareTokenInput{
		AccessToken: tokens.AccessToken, UserCode: &code,
	}); err != nil {
		return err
	}
	if _, err := p.SetUserMFAPreference(background, &idp.SetUserMFAPreferenceInput{
		AccessToken:              tokens.AccessToken,
		SoftwareTokenMfaSettings: &types.SoftwareTokenMfaSettingsType{Enabled: true, PreferredMfa: true},
	}); err != nil {
		return err
	}
	asked, err := p.begin("totp", password)
	if err != nil {
		return err
	}
	if code, err = totp(*token.SecretCode, 1); err != nil {
		return err
	}
	_, err = p.respond(types.ChallengeNameTypeSoftwareTokenMfa, asked.Session, map[string]string{
		"USERNAME": "totp", "SOFTWARE_TOKEN_MFA_CODE": code,
	})
	return err
}

func (p *pool) withSMS() error {
	if err := p.createUser("sms", []types.AttributeType{
		{Name: aws.String("phone_number"), Value: aws.String("+4912345678")},
		{Name: aws.String("phone_number_verified"), Value: aws.String("true")},
	}); err != nil {
		return err
	}
	if _, err := p.AdminSetUserMFAPreference(background, &idp.AdminSetUserMFAPreferenceInput{
		UserPoolId: &p.id, Username: aws.String("sms"),
		SMSMfaSettings: &types.SMSMfaSettingsType{Enabled: true, PreferredMfa: true},
	}); err != nil {
		return err
	}
	asked, err := p.begin("sms", password)
	if err != nil {
		return err
	}
	code, err := lastCode(p.endpoint, "sms")
	if err != nil {
		return err
	}
	_, err = p.respond(types.ChallengeNameTypeSmsMfa, asked.Session, map[string]string{
		"USERNAME": "sms", "SMS_MFA_CODE": code,
	})
	return err
}

func (p *pool) signOutEverywhere() error {
	tokens, err := p.signIn("alice")
	if err != nil {
		return err
	}
	if _, err := p.GlobalSignOut(background, &idp.GlobalSignOutInput{AccessToken: tokens.AccessToken}); err != nil {
		return err
	}
	_, err = p.GetUser(background, &idp.GetUserInput{AccessToken: tokens.AccessToken})
	return refusedWith(err, "NotAuthorizedException", "Access Token has been revoked")
}

func (p *pool) pagesOfUsers() error {
	names := map[string]bool{}
	pages := idp.NewListUsersPaginator(p.Client, &idp.ListUsersInput{UserPoolId: &p.id, Limit: aws.Int32(1)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(background)
		if err != nil {
			return err
		}
		for _, user := range page.Users {
			names[*user.Username] = true
		}
	}
	return expect(names, map[string]bool{"alice": true, "new": true, "totp": true, "sms": true})
}

// signInBySRP proves a password. ahead is how far the clock of the pool is ahead of this machine's.
func (p *pool) signInBySRP(secret string, clientSecret *string, ahead time.Duration) error {
	srp, err := cognitosrp.NewCognitoSRP("alice", secret, p.id, p.clientID, clientSecret)
	if err != nil {
		return err
	}
	asked, err := p.initiate(types.AuthFlowTypeUserSrpAuth, srp.GetAuthParams())
	if err != nil {
		return err
	}
	responses, err := srp.PasswordVerifierChallenge(asked.ChallengeParameters, time.Now().Add(ahead))
	if err != nil {
		return err
	}
	_, err = p.respond(asked.ChallengeName, asked.Session, responses)
	return err
}

// A pool whose clock shows an hour that the test needs, because the library writes 12 hours and not 24.
type shiftedPool struct {
	*pool
	ahead time.Duration
}

// shifted reads a variable such as "http://127.0.0.1:9229 7200": the endpoint, and how many seconds the clock is ahead.
func shifted(variable string) (*shiftedPool, error) {
	var endpoint, seconds string
	if _, err := fmt.Sscan(os.Getenv(variable), &endpoint, &seconds); err != nil {
		return nil, fmt.Errorf("%s: %w", variable, err)
	}
	ahead, err := strconv.Atoi(seconds)
	if err != nil {
		return nil, err
	}
	p := connect(endpoint)
	p.id, p.clientID = "us-east-1_Clock0000", "web"
	return &shiftedPool{pool: p, ahead: time.Duration(ahead) * time.Second}, nil
}

func bySRP() error {
	p, err := shifted("POOL_IN_THE_MORNING")
	if err != nil {
		return err
	}
	return p.signInBySRP(password, nil, p.ahead)
}

func bySRPWithSecret() error {
	p, err := shifted("POOL_IN_THE_MORNING")
	if err != nil {
		return err
	}
	p.clientID = "server"
	return p.signInBySRP(password, aws.String("a_secret_of_24_characters"), p.ahead)
}

func bySRPWrongPassword() error {
	p, err := shifted("POOL_IN_THE_MORNING")
	if err != nil {
		return err
	}
	err = p.signInBySRP("Wrong-Horse-9", nil, p.ahead)
	return refusedWith(err, "NotAuthorizedException", "Incorrect username or password.")
}

// bySRPInTheAfternoon shows that the service's refusal looks like that of a wrong password. The log of the pool tells why.
func bySRPInTheAfternoon() error {
	p, err := shifted("POOL_IN_THE_AFTERNOON")
	if err != nil {
		return err
	}
	err = p.signInBySRP(password, nil, p.ahead)
	return refusedWith(err, "NotAuthorizedException", "Incorrect username or password.")
}

func main() {
	p := connect(os.Getenv("POOL_ENDPOINT"))
	runCases([]testCase{
		{"sets up a pool, a client, a user and a group", p.setUp},
		{"password", p.byPassword},
		{"wrong password, unknown user", p.byWrongPassword},
		{"password, by an administrator", p.byAdministrator},
		{"new password", p.newPassword},
		{"refresh", p.refresh},
		{"client with a secret", p.withSecret},
		{"second factor TOTP", p.withTOTP},
		{"second factor SMS", p.withSMS},
		{"sign-out everywhere", p.signOutEverywhere},
		{"users page by page", p.pagesOfUsers},
		{"SRP", bySRP},
		{"SRP, client with a secret", bySRPWithSecret},
		{"SRP, wrong password", bySRPWrongPassword},
		{"SRP after 12:59 UTC, TIMESTAMP off by 12 hours", bySRPInTheAfternoon},
	})
}

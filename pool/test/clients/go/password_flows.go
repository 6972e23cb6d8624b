package main

// Sign-ins that send the password itself, the challenges that follow them, and the refresh of tokens.

import (
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	idp "github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/types"
)

func (p *pool) byPassword() error {
	tokens, err := p.signIn("alice")
	if err != nil {
		return err
	}
	claims, err := claimsOf(*tokens.IdToken)
	if err != nil {
		return err
	}
	return expect(claims["cognito:groups"], []any{"writers"})
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

func (p *pool) byChoice() error {
	asked, err := p.initiate(types.AuthFlowTypeUserAuth, map[string]string{"USERNAME": "alice"})
	if err != nil {
		return err
	}
	if err := expect(asked.ChallengeName, types.ChallengeNameTypeSelectChallenge); err != nil {
		return err
	}
	answer := map[string]string{"USERNAME": "alice", "ANSWER": "PASSWORD", "PASSWORD": password}
	_, err = p.respond(asked.ChallengeName, asked.Session, answer)
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
	_, err = p.signInWith("new", otherPassword)
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

// server is the same pool seen by an app client with a secret.
func (p *pool) server() (server *pool, secret string, err error) {
	id, secret, err := p.createClient(true)
	return &pool{Client: p.Client, endpoint: p.endpoint, id: p.id, clientID: id}, secret, err
}

func (p *pool) withSecret() error {
	server, secret, err := p.server()
	if err != nil {
		return err
	}
	parameters := map[string]string{"USERNAME": "alice", "PASSWORD": password}
	_, err = server.initiate(types.AuthFlowTypeUserPasswordAuth, parameters)
	missing := fmt.Sprintf("Client %s is configured with secret but SECRET_HASH was not received", server.clientID)
	if err := refusedWith(err, "NotAuthorizedException", missing); err != nil {
		return err
	}
	parameters["SECRET_HASH"] = secretHash("alice", server.clientID, secret)
	_, err = server.initiate(types.AuthFlowTypeUserPasswordAuth, parameters)
	return err
}

func (p *pool) refreshWithSecret() error {
	server, secret, err := p.server()
	if err != nil {
		return err
	}
	hash := secretHash("alice", server.clientID, secret)
	parameters := map[string]string{"USERNAME": "alice", "PASSWORD": password, "SECRET_HASH": hash}
	reply, err := server.initiate(types.AuthFlowTypeUserPasswordAuth, parameters)
	if err != nil {
		return err
	}
	token := *reply.AuthenticationResult.RefreshToken
	parameters = map[string]string{"REFRESH_TOKEN": token, "SECRET_HASH": hash}
	_, err = server.initiate(types.AuthFlowTypeRefreshTokenAuth, parameters)
	return err
}

func (p *pool) refreshWithRotation() error {
	created, err := p.CreateUserPoolClient(background, &idp.CreateUserPoolClientInput{
		UserPoolId: &p.id, ClientName: aws.String("rotating"),
		ExplicitAuthFlows: []types.ExplicitAuthFlowsType{types.ExplicitAuthFlowsTypeAllowUserPasswordAuth},
		RefreshTokenRotation: &types.RefreshTokenRotationType{
			Feature: types.FeatureTypeEnabled, RetryGracePeriodSeconds: aws.Int32(0),
		},
	})
	if err != nil {
		return err
	}
	app := &pool{Client: p.Client, endpoint: p.endpoint, id: p.id, clientID: *created.UserPoolClient.ClientId}
	first, err := app.signIn("alice")
	if err != nil {
		return err
	}
	input := &idp.GetTokensFromRefreshTokenInput{ClientId: &app.clientID, RefreshToken: first.RefreshToken}
	second, err := app.GetTokensFromRefreshToken(background, input)
	if err != nil {
		return err
	}
	if err := expect(*second.AuthenticationResult.RefreshToken == *first.RefreshToken, false); err != nil {
		return err
	}
	_, err = app.GetTokensFromRefreshToken(background, input)
	var reused *types.RefreshTokenReuseException
	if !errors.As(err, &reused) {
		return fmt.Errorf("was not refused as reused: %v", err)
	}
	return nil
}

// enableTOTP gives a user an authenticator app, and gives its secret.
func (p *pool) enableTOTP(username string) (string, error) {
	tokens, err := p.signIn(username)
	if err != nil {
		return "", err
	}
	token, err := p.AssociateSoftwareToken(background, &idp.AssociateSoftwareTokenInput{AccessToken: tokens.AccessToken})
	if err != nil {
		return "", err
	}
	code, err := totp(*token.SecretCode, 0)
	if err != nil {
		return "", err
	}
	if _, err := p.VerifySoftwareToken(background, &idp.VerifySoftwareTokenInput{
		AccessToken: tokens.AccessToken, UserCode: &code,
	}); err != nil {
		return "", err
	}
	_, err = p.SetUserMFAPreference(background, &idp.SetUserMFAPreferenceInput{
		AccessToken:              tokens.AccessToken,
		SoftwareTokenMfaSettings: &types.SoftwareTokenMfaSettingsType{Enabled: true, PreferredMfa: true},
	})
	return *token.SecretCode, err
}

func (p *pool) withTOTP() error {
	if err := p.createUser("totp", nil); err != nil {
		return err
	}
	secret, err := p.enableTOTP("totp")
	if err != nil {
		return err
	}
	asked, err := p.begin("totp", password)
	if err != nil {
		return err
	}
	return p.answerTOTP(asked.Session, "totp", secret)
}

func (p *pool) answerTOTP(session *string, username, secret string) error {
	code, err := totp(secret, 1)
	if err != nil {
		return err
	}
	_, err = p.respond(types.ChallengeNameTypeSoftwareTokenMfa, session, map[string]string{
		"USERNAME": username, "SOFTWARE_TOKEN_MFA_CODE": code,
	})
	return err
}

func (p *pool) withSMS() error {
	if err := p.createUser("sms", []types.AttributeType{
		attribute("phone_number", "+4912345678"), attribute("phone_number_verified", "true"),
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
	code, err := p.lastCode("sms")
	if err != nil {
		return err
	}
	_, err = p.respond(types.ChallengeNameTypeSmsMfa, asked.Session, map[string]string{
		"USERNAME": "sms", "SMS_MFA_CODE": code,
	})
	return err
}

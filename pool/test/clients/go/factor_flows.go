package main

// Challenges beside the password: one-time codes, those of triggers, and the choice and the set-up of a second factor. And RevokeToken.

import (
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	idp "github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/types"
)

// The functions of the triggers are in scripts/clients-lambda.mjs.
const (
	functions = "arn:aws:lambda:us-east-1:123456789012:function:"
	question  = "6 times 7"
	answer    = "42"
)

var (
	emailAddress = []types.AttributeType{attribute("email", "user@example.com"), attribute("email_verified", "true")}
	phone        = []types.AttributeType{attribute("phone_number", "+4912345678"), attribute("phone_number_verified", "true")}
)

// newPool creates a pool with an app client, beside the one that the other cases share.
func (p *pool) newPool(input *idp.CreateUserPoolInput, mfa *idp.SetUserPoolMfaConfigInput) (*pool, error) {
	created, err := p.CreateUserPool(background, input)
	if err != nil {
		return nil, err
	}
	other := &pool{Client: p.Client, endpoint: p.endpoint, id: *created.UserPool.Id}
	mfa.UserPoolId = &other.id
	if _, err := p.SetUserPoolMfaConfig(background, mfa); err != nil {
		return nil, err
	}
	other.clientID, _, err = other.createClient(false)
	return other, err
}

// factors creates a pool with triggers, with codes as a first factor, and with every second factor.
func (p *pool) factors() (*pool, error) {
	return p.newPool(&idp.CreateUserPoolInput{
		PoolName: aws.String("factors"),
		// On AWS, codes by e-mail need an address of one's own
		EmailConfiguration: &types.EmailConfigurationType{
			EmailSendingAccount: types.EmailSendingAccountTypeDeveloper,
			SourceArn:           aws.String("arn:aws:ses:us-east-1:123456789012:identity/pool@example.com"),
		},
		LambdaConfig: &types.LambdaConfigType{
			DefineAuthChallenge:         aws.String(functions + "DefineAuthChallenge"),
			CreateAuthChallenge:         aws.String(functions + "CreateAuthChallenge"),
			VerifyAuthChallengeResponse: aws.String(functions + "VerifyAuthChallengeResponse"),
		},
		Policies: &types.UserPoolPolicyType{SignInPolicy: &types.SignInPolicyType{
			AllowedFirstAuthFactors: []types.AuthFactorType{
				types.AuthFactorTypePassword, types.AuthFactorTypeEmailOtp, types.AuthFactorTypeSmsOtp,
			},
		}},
	}, &idp.SetUserPoolMfaConfigInput{
		MfaConfiguration:      types.UserPoolMfaTypeOptional,
		EmailMfaConfiguration: &types.EmailMfaConfigType{Subject: aws.String("Code"), Message: aws.String("Your code is {####}")},
		SmsMfaConfiguration: &types.SmsMfaConfigType{SmsConfiguration: &types.SmsConfigurationType{
			SnsCallerArn: aws.String("arn:aws:iam::123456789012:role/sms"), ExternalId: aws.String("clients"),
		}},
	})
}

// withFactors creates such a pool with one user, alice.
func (p *pool) withFactors(attributes []types.AttributeType) (*pool, error) {
	other, err := p.factors()
	if err != nil {
		return nil, err
	}
	return other, other.createUser("alice", attributes)
}

// choose answers a choice of alice, and gives the session of the challenge that follows.
func (p *pool) choose(
	name types.ChallengeNameType, session *string, chosen types.ChallengeNameType,
) (*string, error) {
	reply, err := p.RespondToAuthChallenge(background, &idp.RespondToAuthChallengeInput{
		ClientId: &p.clientID, ChallengeName: name, Session: session,
		ChallengeResponses: map[string]string{"USERNAME": "alice", "ANSWER": string(chosen)},
	})
	if err != nil {
		return nil, err
	}
	return reply.Session, expect(reply.ChallengeName, chosen)
}

// answerCode answers a challenge of alice with the code that was sent.
func (p *pool) answerCode(name types.ChallengeNameType, session *string) error {
	code, err := p.lastCode("alice")
	if err != nil {
		return err
	}
	_, err = p.respond(name, session, map[string]string{"USERNAME": "alice", string(name) + "_CODE": code})
	return err
}

func (p *pool) firstFactorPassword() error {
	factors, err := p.withFactors(nil)
	if err != nil {
		return err
	}
	asked, err := factors.initiate(types.AuthFlowTypeUserAuth, map[string]string{
		"USERNAME": "alice", "PREFERRED_CHALLENGE": "PASSWORD",
	})
	if err != nil {
		return err
	}
	if err := expect(asked.ChallengeName, types.ChallengeNameTypePassword); err != nil {
		return err
	}
	_, err = factors.respond(asked.ChallengeName, asked.Session, map[string]string{
		"USERNAME": "alice", "PASSWORD": password,
	})
	return err
}

func (p *pool) firstFactorEmail() error {
	factors, err := p.withFactors(emailAddress)
	if err != nil {
		return err
	}
	asked, err := factors.initiate(types.AuthFlowTypeUserAuth, map[string]string{
		"USERNAME": "alice", "PREFERRED_CHALLENGE": "EMAIL_OTP",
	})
	if err != nil {
		return err
	}
	if err := expect(asked.ChallengeName, types.ChallengeNameTypeEmailOtp); err != nil {
		return err
	}
	return factors.answerCode(asked.ChallengeName, asked.Session)
}

func (p *pool) firstFactorSMS() error {
	factors, err := p.withFactors(phone)
	if err != nil {
		return err
	}
	asked, err := factors.initiate(types.AuthFlowTypeUserAuth, map[string]string{"USERNAME": "alice"})
	if err != nil {
		return err
	}
	if !slices.Contains(asked.AvailableChallenges, types.ChallengeNameTypeSmsOtp) {
		return fmt.Errorf("offers %v", asked.AvailableChallenges)
	}
	session, err := factors.choose(asked.ChallengeName, asked.Session, types.ChallengeNameTypeSmsOtp)
	if err != nil {
		return err
	}
	return factors.answerCode(types.ChallengeNameTypeSmsOtp, session)
}

// answerQuestion signs alice in by the question of the triggers.
func (p *pool) answerQuestion(text string) error {
	factors, err := p.withFactors(nil)
	if err != nil {
		return err
	}
	asked, err := factors.initiate(types.AuthFlowTypeCustomAuth, map[string]string{"USERNAME": "alice"})
	if err != nil {
		return err
	}
	if err := expect(asked.ChallengeParameters["question"], question); err != nil {
		return err
	}
	_, err = factors.respond(types.ChallengeNameTypeCustomChallenge, asked.Session, map[string]string{
		"USERNAME": "alice", "ANSWER": text,
	})
	return err
}

func (p *pool) customChallenge() error { return p.answerQuestion(answer) }

func (p *pool) customChallengeWrong() error {
	return refusedWith(p.answerQuestion("41"), "NotAuthorizedException", "Incorrect username or password.")
}

func (p *pool) secondFactorEmail() error {
	factors, err := p.withFactors(emailAddress)
	if err != nil {
		return err
	}
	if _, err := factors.AdminSetUserMFAPreference(background, &idp.AdminSetUserMFAPreferenceInput{
		UserPoolId: &factors.id, Username: aws.String("alice"),
		EmailMfaSettings: &types.EmailMfaSettingsType{Enabled: true, PreferredMfa: true},
	}); err != nil {
		return err
	}
	asked, err := factors.begin("alice", password)
	if err != nil {
		return err
	}
	if err := expect(asked.ChallengeName, types.ChallengeNameTypeEmailOtp); err != nil {
		return err
	}
	return factors.answerCode(asked.ChallengeName, asked.Session)
}

func (p *pool) choiceOfSecondFactor() error {
	factors, err := p.withFactors(slices.Concat(emailAddress, phone))
	if err != nil {
		return err
	}
	if _, err := factors.AdminSetUserMFAPreference(background, &idp.AdminSetUserMFAPreferenceInput{
		UserPoolId: &factors.id, Username: aws.String("alice"),
		EmailMfaSettings: &types.EmailMfaSettingsType{Enabled: true},
		SMSMfaSettings:   &types.SMSMfaSettingsType{Enabled: true},
	}); err != nil {
		return err
	}
	asked, err := factors.begin("alice", password)
	if err != nil {
		return err
	}
	if err := expect(asked.ChallengeName, types.ChallengeNameTypeSelectMfaType); err != nil {
		return err
	}
	session, err := factors.choose(asked.ChallengeName, asked.Session, types.ChallengeNameTypeEmailOtp)
	if err != nil {
		return err
	}
	return factors.answerCode(types.ChallengeNameTypeEmailOtp, session)
}

func (p *pool) setUpOfSecondFactor() error {
	required, err := p.newPool(&idp.CreateUserPoolInput{PoolName: aws.String("required")}, &idp.SetUserPoolMfaConfigInput{
		MfaConfiguration:              types.UserPoolMfaTypeOn,
		SoftwareTokenMfaConfiguration: &types.SoftwareTokenMfaConfigType{Enabled: true},
	})
	if err != nil {
		return err
	}
	if err := required.createUser("alice", nil); err != nil {
		return err
	}
	asked, err := required.begin("alice", password)
	if err != nil {
		return err
	}
	if err := expect(asked.ChallengeParameters["MFAS_CAN_SETUP"], `["SOFTWARE_TOKEN_MFA"]`); err != nil {
		return err
	}
	token, err := p.AssociateSoftwareToken(background, &idp.AssociateSoftwareTokenInput{Session: asked.Session})
	if err != nil {
		return err
	}
	code, err := totp(*token.SecretCode, 0)
	if err != nil {
		return err
	}
	verified, err := p.VerifySoftwareToken(background, &idp.VerifySoftwareTokenInput{
		Session: token.Session, UserCode: &code,
	})
	if err != nil {
		return err
	}
	responses := map[string]string{"USERNAME": "alice"}
	if _, err := required.respond(types.ChallengeNameTypeMfaSetup, verified.Session, responses); err != nil {
		return err
	}
	again, err := required.begin("alice", password)
	if err != nil {
		return err
	}
	return required.answerTOTP(again.Session, "alice", *token.SecretCode)
}

func (p *pool) revocation() error {
	tokens, err := p.signIn("alice")
	if err != nil {
		return err
	}
	if _, err := p.RevokeToken(background, &idp.RevokeTokenInput{
		ClientId: &p.clientID, Token: tokens.RefreshToken,
	}); err != nil {
		return err
	}
	parameters := map[string]string{"REFRESH_TOKEN": *tokens.RefreshToken}
	_, err = p.initiate(types.AuthFlowTypeRefreshTokenAuth, parameters)
	if err := refusedWith(err, "NotAuthorizedException", "Refresh Token has been revoked"); err != nil {
		return err
	}
	_, err = p.GetUser(background, &idp.GetUserInput{AccessToken: tokens.AccessToken})
	return refusedWith(err, "NotAuthorizedException", "Access Token has been revoked")
}

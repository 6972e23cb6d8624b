package main

// Sign-ins by SRP, whose proof is that of alexrudd/cognito-srp.

import (
	"fmt"
	"os"
	"strconv"
	"time"

	cognitosrp "github.com/alexrudd/cognito-srp/v4"
	"github.com/aws/aws-sdk-go-v2/aws"
	idp "github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/types"
)

// prove proves a password by SRP, and gives the answer to the proof.
func (p *shiftedPool) prove(username, secret string, clientSecret *string) (*idp.RespondToAuthChallengeOutput, error) {
	srp, err := cognitosrp.NewCognitoSRP(username, secret, p.id, p.clientID, clientSecret)
	if err != nil {
		return nil, err
	}
	asked, err := p.initiate(types.AuthFlowTypeUserSrpAuth, srp.GetAuthParams())
	if err != nil {
		return nil, err
	}
	responses, err := srp.PasswordVerifierChallenge(asked.ChallengeParameters, time.Now().Add(p.ahead))
	if err != nil {
		return nil, err
	}
	return p.RespondToAuthChallenge(background, &idp.RespondToAuthChallengeInput{
		ClientId: &p.clientID, ChallengeName: asked.ChallengeName, Session: asked.Session, ChallengeResponses: responses,
	})
}

// signInBySRP proves a password, and fails unless tokens follow.
func (p *shiftedPool) signInBySRP(username, secret string, clientSecret *string) error {
	reply, err := p.prove(username, secret, clientSecret)
	if err == nil && reply.AuthenticationResult == nil {
		return fmt.Errorf("asks for %s", reply.ChallengeName)
	}
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
	return p.signInBySRP("alice", password, nil)
}

func bySRPWithSecret() error {
	p, err := shifted("POOL_IN_THE_MORNING")
	if err != nil {
		return err
	}
	p.clientID = "server"
	return p.signInBySRP("alice", password, aws.String("a_secret_of_24_characters"))
}

func bySRPWrongPassword() error {
	p, err := shifted("POOL_IN_THE_MORNING")
	if err != nil {
		return err
	}
	err = p.signInBySRP("alice", "Wrong-Horse-9", nil)
	return refusedWith(err, "NotAuthorizedException", "Incorrect username or password.")
}

// bySRPInTheAfternoon shows that the service's refusal looks like that of a wrong password. The log of the pool tells why.
func bySRPInTheAfternoon() error {
	p, err := shifted("POOL_IN_THE_AFTERNOON")
	if err != nil {
		return err
	}
	err = p.signInBySRP("alice", password, nil)
	return refusedWith(err, "NotAuthorizedException", "Incorrect username or password.")
}

func newPasswordBySRP() error {
	p, err := shifted("POOL_IN_THE_MORNING")
	if err != nil {
		return err
	}
	if err := p.createTemporaryUser("newer", nil); err != nil {
		return err
	}
	asked, err := p.prove("newer", password, nil)
	if err != nil {
		return err
	}
	if err := expect(asked.ChallengeName, types.ChallengeNameTypeNewPasswordRequired); err != nil {
		return err
	}
	answer := map[string]string{"USERNAME": "newer", "NEW_PASSWORD": otherPassword}
	if _, err := p.respond(asked.ChallengeName, asked.Session, answer); err != nil {
		return err
	}
	return p.signInBySRP("newer", otherPassword, nil)
}

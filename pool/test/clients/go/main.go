// The AWS SDK for Go sets a pool up and signs in. The proof by SRP is that of alexrudd/cognito-srp.
package main

import "os"

const twelveHours = "`alexrudd/cognito-srp` writes the hour of TIMESTAMP with 12 hours, so the service takes it from 01:00 to 12:59 UTC alone."

func main() {
	p := connect(os.Getenv("POOL_ENDPOINT"))
	runCases([]testCase{
		{name: "set-up by an administrator", attempt: p.setUp},
		{name: "password", attempt: p.byPassword},
		{name: "password, wrong password (and unknown user)", attempt: p.byWrongPassword},
		{name: "password, client with a secret", attempt: p.withSecret},
		{name: "password, by an administrator", attempt: p.byAdministrator},
		{name: "choice of the first factor", attempt: p.byChoice},
		{name: "first factor password", attempt: p.firstFactorPassword},
		{name: "first factor e-mail", attempt: p.firstFactorEmail},
		{name: "first factor SMS", attempt: p.firstFactorSMS},
		{name: "custom challenge", attempt: p.customChallenge},
		{name: "custom challenge, wrong answer", attempt: p.customChallengeWrong},
		{name: "new password", attempt: p.newPassword},
		{name: "second factor TOTP", attempt: p.withTOTP},
		{name: "second factor SMS", attempt: p.withSMS},
		{name: "second factor e-mail", attempt: p.secondFactorEmail},
		{name: "choice of the second factor", attempt: p.choiceOfSecondFactor},
		{name: "set-up of a second factor", attempt: p.setUpOfSecondFactor},
		{name: "refresh", attempt: p.refresh},
		{name: "refresh, client with a secret", attempt: p.refreshWithSecret},
		{name: "refresh with rotation", attempt: p.refreshWithRotation},
		{name: "revocation", attempt: p.revocation},
		{name: "sign-up", attempt: p.signUp},
		{name: "own attributes", attempt: p.ownAttributes},
		{name: "forgotten password", attempt: p.forgottenPassword},
		{name: "changed password", attempt: p.changedPassword},
		{name: "SRP", attempt: bySRP},
		{name: "SRP (after 12:59 UTC, TIMESTAMP off by 12 hours)", attempt: bySRPInTheAfternoon, differs: twelveHours},
		{name: "SRP, wrong password", attempt: bySRPWrongPassword},
		{name: "SRP, client with a secret", attempt: bySRPWithSecret},
		{name: "new password (after SRP)", attempt: newPasswordBySRP},
		{name: "sign-out everywhere", attempt: p.signOutEverywhere},
		{name: "users page by page", attempt: p.pagesOfUsers},
		{name: "deletion (of a user, a client and a pool)", attempt: p.deletion},
	})
}

package main

// What users and administrators do beside signing in: registration, attributes, passwords, lists, sign-out and deletion.

import (
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	idp "github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/types"
)

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
	expected := []string{}
	for number := range 5 {
		username := fmt.Sprintf("page-%d", number)
		if err := p.createTemporaryUser(username, nil); err != nil {
			return err
		}
		expected = append(expected, username)
	}
	names := []string{}
	pages := idp.NewListUsersPaginator(p.Client, &idp.ListUsersInput{
		UserPoolId: &p.id, Filter: aws.String(`username ^= "page-"`), Limit: aws.Int32(2),
	})
	for pages.HasMorePages() {
		page, err := pages.NextPage(background)
		if err != nil {
			return err
		}
		for _, user := range page.Users {
			names = append(names, *user.Username)
		}
	}
	slices.Sort(names)
	return expect(names, expected)
}

func (p *pool) signUp() error {
	reply, err := p.SignUp(background, &idp.SignUpInput{
		ClientId: &p.clientID, Username: aws.String("bob"), Password: aws.String(password),
		UserAttributes: []types.AttributeType{attribute("email", "bob@example.com")},
	})
	if err != nil {
		return err
	}
	if err := expect(reply.UserConfirmed, false); err != nil {
		return err
	}
	code, err := p.lastCode("bob")
	if err != nil {
		return err
	}
	if _, err := p.ConfirmSignUp(background, &idp.ConfirmSignUpInput{
		ClientId: &p.clientID, Username: aws.String("bob"), ConfirmationCode: &code,
	}); err != nil {
		return err
	}
	tokens, err := p.signIn("bob")
	if err != nil {
		return err
	}
	claims, err := claimsOf(*tokens.IdToken)
	if err != nil {
		return err
	}
	return expect(claims["email_verified"], true)
}

func (p *pool) ownAttributes() error {
	tokens, err := p.signIn("alice")
	if err != nil {
		return err
	}
	if _, err := p.UpdateUserAttributes(background, &idp.UpdateUserAttributesInput{
		AccessToken: tokens.AccessToken, UserAttributes: []types.AttributeType{attribute("name", "Alice")},
	}); err != nil {
		return err
	}
	user, err := p.GetUser(background, &idp.GetUserInput{AccessToken: tokens.AccessToken})
	if err != nil {
		return err
	}
	attributes := map[string]string{}
	for _, each := range user.UserAttributes {
		attributes[*each.Name] = *each.Value
	}
	return expect([]string{*user.Username, attributes["name"]}, []string{"alice", "Alice"})
}

func (p *pool) forgottenPassword() error {
	if err := p.createUser("forgetful", []types.AttributeType{
		attribute("email", "f@example.com"), attribute("email_verified", "true"),
	}); err != nil {
		return err
	}
	if _, err := p.ForgotPassword(background, &idp.ForgotPasswordInput{
		ClientId: &p.clientID, Username: aws.String("forgetful"),
	}); err != nil {
		return err
	}
	code, err := p.lastCode("forgetful")
	if err != nil {
		return err
	}
	if _, err := p.ConfirmForgotPassword(background, &idp.ConfirmForgotPasswordInput{
		ClientId: &p.clientID, Username: aws.String("forgetful"), ConfirmationCode: &code, Password: aws.String(otherPassword),
	}); err != nil {
		return err
	}
	_, err = p.signInWith("forgetful", otherPassword)
	return err
}

func (p *pool) changedPassword() error {
	if err := p.createUser("changing", nil); err != nil {
		return err
	}
	tokens, err := p.signIn("changing")
	if err != nil {
		return err
	}
	if _, err := p.ChangePassword(background, &idp.ChangePasswordInput{
		AccessToken: tokens.AccessToken, PreviousPassword: aws.String(password), ProposedPassword: aws.String(otherPassword),
	}); err != nil {
		return err
	}
	_, err = p.signInWith("changing", otherPassword)
	return err
}

func (p *pool) deletion() error {
	if _, err := p.AdminDeleteUser(background, &idp.AdminDeleteUserInput{
		UserPoolId: &p.id, Username: aws.String("alice"),
	}); err != nil {
		return err
	}
	_, err := p.signIn("alice")
	if err := refusedWith(err, "UserNotFoundException", "User does not exist."); err != nil {
		return err
	}
	if _, err := p.DeleteUserPoolClient(background, &idp.DeleteUserPoolClientInput{
		UserPoolId: &p.id, ClientId: &p.clientID,
	}); err != nil {
		return err
	}
	_, err = p.signIn("bob")
	noClient := fmt.Sprintf("User pool client %s does not exist.", p.clientID)
	if err := refusedWith(err, "ResourceNotFoundException", noClient); err != nil {
		return err
	}
	if _, err := p.DeleteUserPool(background, &idp.DeleteUserPoolInput{UserPoolId: &p.id}); err != nil {
		return err
	}
	_, err = p.DescribeUserPool(background, &idp.DescribeUserPoolInput{UserPoolId: &p.id})
	return refusedWith(err, "ResourceNotFoundException", fmt.Sprintf("User pool %s does not exist.", p.id))
}

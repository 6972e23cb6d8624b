package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/lestrrat-go/httprc/v3"
	"github.com/lestrrat-go/jwx/v3/jwk"
	"github.com/lestrrat-go/jwx/v3/jwt"
)

// A Verifier verifies the tokens of one user pool and app client.
type Verifier struct {
	keys     jwk.Set
	issuer   string
	clientID string
}

// NewVerifier fetches the keys, and keeps them fresh until ctx ends. endpoint is that of the local pool. Against AWS it is the origin of the issuer.
func NewVerifier(ctx context.Context, endpoint, userPoolID, clientID string) (*Verifier, error) {
	region, _, _ := strings.Cut(userPoolID, "_")
	issuer := fmt.Sprintf("https://cognito-idp.%s.amazonaws.com/%s", region, userPoolID)
	cache, err := jwk.NewCache(ctx, httprc.NewClient())
	if err != nil {
		return nil, err
	}
	address := fmt.Sprintf("%s/%s/.well-known/jwks.json", endpoint, userPoolID)
	if err := cache.Register(ctx, address); err != nil {
		return nil, err
	}
	keys, err := cache.CachedSet(address)
	if err != nil {
		return nil, err
	}
	return &Verifier{keys, issuer, clientID}, nil
}

// Verify takes a token and its use, "access" or "id".
func (v *Verifier) Verify(token, use string) (jwt.Token, error) {
	client := jwt.WithClaimValue("client_id", v.clientID)
	if use == "id" {
		client = jwt.WithAudience(v.clientID)
	}
	return jwt.Parse([]byte(token),
		jwt.WithKeySet(v.keys),
		jwt.WithIssuer(v.issuer),
		jwt.WithRequiredClaim(jwt.ExpirationKey),
		jwt.WithClaimValue("token_use", use),
		client,
	)
}

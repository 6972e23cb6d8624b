// Runs the cases for jwx: `main FILE`. What FILE has is described in ../README.md.
package main

import (
	"context"
	"encoding/json"
	"log"
	"os"
)

type input struct {
	Endpoint   string
	UserPoolID string
	ClientID   string
	Cases      []struct{ Name, Use, Token string }
}

type verdict struct {
	Name    string `json:"name"`
	Sub     string `json:"sub,omitempty"`
	Refused string `json:"refused,omitempty"`
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	var given input
	if err := json.Unmarshal(text, &given); err != nil {
		log.Fatal(err)
	}
	verifier, err := NewVerifier(context.Background(), given.Endpoint, given.UserPoolID, given.ClientID)
	if err != nil {
		log.Fatal(err)
	}
	output := json.NewEncoder(os.Stdout)
	for _, each := range given.Cases {
		result := verdict{Name: each.Name}
		if token, err := verifier.Verify(each.Token, each.Use); err != nil {
			result.Refused = err.Error()
		} else {
			result.Sub, _ = token.Subject()
		}
		if err := output.Encode(result); err != nil {
			log.Fatal(err)
		}
	}
}

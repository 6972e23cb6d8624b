package main

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/aws/smithy-go"
)

// A case passes if it returns no error. Its name is a flow of scripts/clients-flows.mjs, with details in brackets.
type testCase struct {
	name    string
	attempt func() error
	// In what the client differs from others in this flow, although the case passes. Empty if it does not.
	differs string
}

// runCases prints lines of JSON: first the names of all cases, then how each ended.
func runCases(cases []testCase) {
	lines := json.NewEncoder(os.Stdout)
	names := make([]string, len(cases))
	for i, each := range cases {
		names[i] = each.name
	}
	lines.Encode(map[string]any{"cases": names})
	for _, each := range cases {
		line := map[string]any{"name": each.name}
		if err := each.attempt(); err != nil {
			line["error"] = err.Error()
		} else if each.differs != "" {
			line["differs"] = each.differs
		}
		lines.Encode(line)
	}
}

func expect(actual, expected any) error {
	if reflect.DeepEqual(actual, expected) {
		return nil
	}
	return fmt.Errorf("%#v instead of %#v", actual, expected)
}

// refusedWith fails unless err is the exception of the service, with its text.
func refusedWith(err error, code, message string) error {
	var refusal smithy.APIError
	if !errors.As(err, &refusal) {
		return fmt.Errorf("was not refused by the service: %v", err)
	}
	return expect([]string{refusal.ErrorCode(), refusal.ErrorMessage()}, []string{code, message})
}

// lastCode is the newest code in the outbox for a user. Other clients have users of the same name in other pools.
func (p *pool) lastCode(username string) (string, error) {
	response, err := http.Get(p.endpoint + "/_/outbox")
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	var messages []struct{ UserPoolID, Username, Code string }
	if err := json.NewDecoder(response.Body).Decode(&messages); err != nil {
		return "", err
	}
	for i := len(messages) - 1; i >= 0; i-- {
		if messages[i].UserPoolID == p.id && messages[i].Username == username {
			return messages[i].Code, nil
		}
	}
	return "", fmt.Errorf("no code was sent to %s", username)
}

// totp is RFC 6238 with six digits and SHA-1. A step ahead gives another code, because a code is taken once.
func totp(secret string, stepsAhead int64) (string, error) {
	key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		return "", err
	}
	step := make([]byte, 8)
	binary.BigEndian.PutUint64(step, uint64(time.Now().Unix()/30+stepsAhead))
	mac := hmac.New(sha1.New, key)
	mac.Write(step)
	digest := mac.Sum(nil)
	offset := digest[len(digest)-1] & 15
	number := binary.BigEndian.Uint32(digest[offset:]) & 0x7fffffff
	return fmt.Sprintf("%06d", number%1_000_000), nil
}

func secretHash(username, clientID, clientSecret string) string {
	mac := hmac.New(sha256.New, []byte(clientSecret))
	mac.Write([]byte(username + clientID))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

func claimsOf(token string) (map[string]any, error) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return nil, fmt.Errorf("the token has %d parts", len(parts))
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return nil, err
	}
	claims := map[string]any{}
	return claims, json.Unmarshal(payload, &claims)
}

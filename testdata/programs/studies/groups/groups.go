// Package groups calls the API by hand: one helper sends, decodes into what it is given, and
// tests the HTTP status; every caller tests the code.
package groups

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// A Gateway sends requests.
type Gateway struct {
	Key, Secret string
	HTTP        *http.Client
}

type verdict struct {
	Code int `json:"code"`
}

// Reported: the status is lost, though a piece of the body stands in the text.
func (g *Gateway) send(path string, form url.Values, into any) error {
	req, err := http.NewRequest(http.MethodPost, "https://api.rong-api.com"+path, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("App-Key", g.Key)
	req.Header.Set("Nonce", "1")
	req.Header.Set("Timestamp", "2")
	req.Header.Set("Signature", sign(g.Secret))
	answer, err := g.HTTP.Do(req)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("status %d: %s", answer.StatusCode, head(string(text), 80)) // want `lost here.*429.*\(retryable\)`
	}
	if into == nil {
		return nil
	}
	if err := json.Unmarshal(text, into); err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	return nil
}

func head(s string, n int) string {
	if len(s) > n {
		return s[:n]
	}
	return s
}

func sign(secret string) string { return secret + "12" }

// Reported: the helper asked whether there is something to decode into, and for the status;
// neither is the code, which is lost here.
func (g *Gateway) Found(id, name string) error {
	var v verdict
	if err := g.send("/group/create.json", url.Values{"groupId": {id}, "groupName": {name}}, &v); err != nil {
		return err
	}
	if v.Code != 200 {
		return fmt.Errorf("create answered %d", v.Code) // want `lost here.*1008.*\(retryable\)`
	}
	return nil
}

// Not reported: the code goes on.
func (g *Gateway) Leave(id, user string) (int, error) {
	var v verdict
	err := g.send("/group/quit.json", url.Values{"groupId": {id}, "userId": {user}}, &v)
	return v.Code, err
}

// Not reported: the text of the answer goes on, and holds the code.
func (g *Gateway) Raw(id string) (string, error) {
	req, err := http.NewRequest(http.MethodPost, "https://api.rong-api.com/group/query.json", strings.NewReader(id))
	if err != nil {
		return "", err
	}
	answer, err := g.HTTP.Do(req)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return head(string(text), 4096), err
}

package byhand

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/url"
)

// Reported: the switch omits every status that may go away.
func (c *Client) statusSwitch(user string) error {
	resp, err := c.send("/user/block.json", url.Values{"userId": {user}})
	if err != nil {
		return err
	}
	resp.Body.Close()
	switch resp.StatusCode { // want `omits 429 .*500 .*504 .*\(switch\)`
	case http.StatusOK:
		return nil
	case http.StatusUnauthorized:
		return errSecret
	default:
		return errFailed
	}
}

// Reported: one status is named, one of three that may go away.
func (c *Client) statusSwitchPart(user string) error {
	resp, err := http.PostForm(host+"/user/block.json", url.Values{"userId": {user}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	switch resp.StatusCode { // want `omits 500 .*504 .*\(switch\)`
	case http.StatusTooManyRequests:
		return errLater
	case http.StatusForbidden:
		return errSecret
	case http.StatusOK:
		return nil
	default:
		return errFailed
	}
}

// Reported: the status is all that is looked at, and it ends in text.
// Rules: behavior/status-beside.
func (c *Client) statusText(user string) error {
	resp, err := c.send("/user/unblock.json", url.Values{"userId": {user}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("unblock %s: status %d", user, resp.StatusCode) // want `lost here.*429 .*500 .*504 .*\(retryable\)`
	}
	return nil
}

// Reported: a bool for every status.
func (c *Client) statusBool(user string) bool {
	resp, err := c.send("/user/unblock.json", url.Values{"userId": {user}})
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	return resp.StatusCode == http.StatusOK // want `lost here.*\(retryable\)`
}

// Reported: neither the status nor the body is looked at.
func (c *Client) statusNever(user string) error {
	resp, err := c.send("/user/unblock.json", url.Values{"userId": {user}}) // want `\(unchecked\)`
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Not reported: the error keeps the status.
func (c *Client) statusKept(user string) error {
	resp, err := c.send("/user/unblock.json", url.Values{"userId": {user}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return &StatusError{resp.StatusCode}
	}
	return nil
}

// Not reported: the body's code decides, so the status owes nothing.
// Rules: behavior/status-beside.
func (c *Client) statusThenBody(user string) (string, error) {
	resp, err := c.send("/user/getToken.json", url.Values{"userId": {user}})
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 500 {
		c.busy = append(c.busy, user)
	}
	var reply Reply
	if err := json.NewDecoder(resp.Body).Decode(&reply); err != nil {
		return "", err
	}
	if reply.Code != codeSuccess {
		return "", &APIError{reply.Code, reply.ErrorMessage}
	}
	return reply.Token, nil
}

// Not reported: the statuses that may go away are told apart by range and name.
func (c *Client) statusLater(user string) error {
	resp, err := c.send("/user/block.json", url.Values{"userId": {user}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusOK:
		return nil
	case resp.StatusCode == http.StatusTooManyRequests, resp.StatusCode >= 500:
		return errLater
	}
	return errFailed
}

// Not reported: the client's own partner is not the API.
func (c *Client) statusPartner() error {
	resp, err := c.http.Get(c.partner + "/v1/health")
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	switch resp.StatusCode {
	case http.StatusOK:
		return nil
	case http.StatusUnauthorized:
		return errSecret
	}
	return errFailed
}

// Not reported: the host stands in the path of another host.
// Rules: origin/request-host.
func (c *Client) statusMirror() error {
	resp, err := c.http.Get("https://status.example.com/api.rong-api.com")
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return errFailed
	}
	return nil
}

// Not reported: a server's own status.
func (c *Client) statusServer(w http.ResponseWriter, ok bool) {
	status := http.StatusOK
	if !ok {
		status = 404
	}
	w.WriteHeader(status)
}

// Reported: one status is told apart, those that may go away share the rest's error.
func statusOf(c *Client, user string) (int, error) {
	resp, err := c.send("/user/block.json", url.Values{"userId": {user}})
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusForbidden { // want `429 .*\(retryable\)`
		return 0, errSecret
	}
	if resp.StatusCode != http.StatusOK {
		return 0, errFailed
	}
	return 1, nil
}

// Not reported: what is asked is whether the server is well.
func (c *Client) statusHealthy() bool {
	resp, err := c.http.Get(host + "/user/checkOnline.json")
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	return resp.StatusCode < 500
}

// Reported: a range that is only logged.
func (c *Client) statusRangeLogged(user string) error {
	resp, err := http.PostForm(host+"/user/block.json", url.Values{"userId": {user}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 400 { // want `\(unchecked\)`
		log.Println(resp.Status)
	}
	return nil
}

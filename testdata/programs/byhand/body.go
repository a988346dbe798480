package byhand

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"strconv"
)

// Reported: the decoded code is never compared.
func (c *Client) tokenUnchecked(user string) (string, error) {
	resp, err := http.PostForm(host+"/user/getToken.json", url.Values{"userId": {user}}) // want `\(unchecked\)`
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var reply Reply
	if err := json.NewDecoder(resp.Body).Decode(&reply); err != nil {
		return "", err
	}
	return reply.Token, nil
}

// Reported: the caller of a helper that decodes for it does not compare either.
// Rules: flow/response-bytes.
func (c *Client) blockUnchecked(user string) error {
	var reply Reply
	if err := c.into("/user/block.json", url.Values{"userId": {user}}, &reply); err != nil { // want `\(unchecked\)`
		return err
	}
	c.busy = append(c.busy, user)
	return nil
}

// Reported: the bytes that a helper read are thrown away.
// Rules: flow/response-bytes.
func (c *Client) unblockUnchecked(user string) error {
	_, err := c.bytes("/user/unblock.json", url.Values{"userId": {user}}) // want `\(unchecked\)`
	return err
}

// Reported: a refused call is logged and goes on as a good one.
func (c *Client) tokenLogged(user string) (string, error) {
	var reply Reply
	if err := c.into("/user/getToken.json", url.Values{"userId": {user}}, &reply); err != nil {
		return "", err
	}
	if reply.Code != codeSuccess { // want `\(unchecked\)`
		log.Printf("token of %s: %d", user, reply.Code)
	}
	return reply.Token, nil
}

// Reported: the check was emptied.
func (c *Client) tokenEmptied(user string) (string, error) {
	data, err := c.bytes("/user/getToken.json", url.Values{"userId": {user}})
	if err != nil {
		return "", err
	}
	var reply Reply
	if err := json.Unmarshal(data, &reply); err != nil {
		return "", err
	}
	if reply.Code != 200 { // want `\(unchecked\)`
	}
	return reply.Token, nil
}

// Reported: the number in the text of an error is no code any more.
func (c *Client) tokenText(user string) (string, error) {
	var reply Reply
	if err := c.into("/user/getToken.json", url.Values{"userId": {user}}, &reply); err != nil {
		return "", err
	}
	if reply.Code != codeSuccess {
		return "", fmt.Errorf("token of %s: code %d", user, reply.Code) // want `lost here.*1008 .*1050 .*\(retryable\)`
	}
	return reply.Token, nil
}

// Reported: a fixed error for every code.
func (c *Client) groupFixed(group string) error {
	data, err := c.bytes("/group/create.json", url.Values{"groupId": {group}})
	if err != nil {
		return err
	}
	var reply struct {
		Code int `json:"code"`
	}
	if err := json.Unmarshal(data, &reply); err != nil {
		return err
	}
	if reply.Code != codeSuccess {
		return errFailed // want `lost here.*\(retryable\)`
	}
	return nil
}

// Reported: one code is told apart, the rest is alike and lost.
func (c *Client) groupExists(group string) error {
	var reply Reply
	if err := c.into("/group/create.json", url.Values{"groupId": {group}}, &reply); err != nil {
		return err
	}
	if reply.Code == codeGroupExists { // want `1008 .*1050 .*\(retryable\)`
		return nil
	} else if reply.Code != codeSuccess {
		return errFailed
	}
	return nil
}

// Reported: the switch names a group's code and none that may succeed later.
func (c *Client) groupSwitch(group string) error {
	var reply Reply
	if err := c.into("/group/create.json", url.Values{"groupId": {group}}, &reply); err != nil {
		return err
	}
	switch reply.Code { // want `omits 1008 .*1050 .*25416 .*\(switch\)`
	case codeSuccess, codeGroupExists:
		return nil
	case codeGroupFull:
		return errLater
	default:
		return &APIError{reply.Code, reply.ErrorMessage}
	}
}

// Reported: the map's code is asked for, and lost.
func (c *Client) tokenMap(user string) (string, error) {
	data, err := c.bytes("/user/getToken.json", url.Values{"userId": {user}})
	if err != nil {
		return "", err
	}
	var reply map[string]any
	if err := json.Unmarshal(data, &reply); err != nil {
		return "", err
	}
	if code, _ := reply["code"].(float64); code != codeSuccess {
		return "", errors.New(fmt.Sprint(reply["errorMessage"])) // want `lost here.*\(retryable\)`
	}
	token, _ := reply["token"].(string)
	return token, nil
}

// Not reported: the retryable codes are told apart.
func (c *Client) groupLater(group string) error {
	var reply Reply
	if err := c.into("/group/create.json", url.Values{"groupId": {group}}, &reply); err != nil {
		return err
	}
	switch reply.Code {
	case codeSuccess:
		return nil
	case codeRateLimited, codeTimeout, codeQueryRateLimited:
		return errLater
	case codeGroupExists:
		return nil
	}
	return errFailed
}

// Not reported: an empty token leaves, that is a look at the answer.
func (c *Client) tokenNonEmpty(user string) (string, error) {
	var reply Reply
	if err := c.into("/user/getToken.json", url.Values{"userId": {user}}, &reply); err != nil {
		return "", err
	}
	if reply.Token == "" {
		return "", errNoToken
	}
	return reply.Token, nil
}

// Not reported: nor does the map's missing token.
// Rules: behavior/other-field.
func (c *Client) tokenInMap(user string) (string, error) {
	data, err := c.bytes("/user/getToken.json", url.Values{"userId": {user}})
	if err != nil {
		return "", err
	}
	var reply map[string]any
	if err := json.Unmarshal(data, &reply); err != nil {
		return "", err
	}
	token, ok := reply["token"].(string)
	if !ok {
		return "", errNoToken
	}
	return token, nil
}

// Not reported: the helper has checked the code, its error keeps it.
func (c *Client) token(user string) (string, error) {
	reply, err := c.call("/user/getToken.json", url.Values{"userId": {user}})
	if err != nil {
		return "", fmt.Errorf("token of %s: %w", user, err)
	}
	return reply.Token, nil
}

// Reported: the helper's error keeps the code, and it is lost here.
func (c *Client) tokenOrNothing(user string) string {
	reply, err := c.call("/user/getToken.json", url.Values{"userId": {user}})
	if err != nil {
		return "" // want `\(\*byhand\.Client\)\.call's error is lost here.*\(retryable\)`
	}
	return reply.Token
}

// Not reported: the answer is returned with its code.
func (c *Client) reply(path string) (reply Reply, err error) {
	err = c.into(path, nil, &reply)
	return reply, err
}

// Not reported: a webhook's body is no answer of the API.
func (c *Client) webhook(w http.ResponseWriter, r *http.Request) {
	var event struct {
		Code int    `json:"code"`
		User string `json:"userId"`
	}
	if err := json.NewDecoder(r.Body).Decode(&event); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if event.Code == 1008 {
		c.busy = append(c.busy, event.User)
	}
}

// Not reported: what a server answers is its own.
func answer(w http.ResponseWriter, code int) {
	type response struct {
		Code    int    `json:"code"`
		Message string `json:"msg"`
	}
	json.NewEncoder(w).Encode(response{Code: 1008, Message: strconv.Itoa(code)})
}

// Not reported: another vendor's answer of the same shape.
func (c *Client) partnerUser(user string) (string, error) {
	resp, err := http.Get("https://api.example.com/v1/users/" + user)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var out struct {
		Code int    `json:"code"`
		Name string `json:"name"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return "", err
	}
	if out.Code == 1008 {
		return "", errLater
	}
	return out.Name, nil
}

// Not reported: the body is copied to somebody else.
func (c *Client) proxy(w io.Writer, user string) error {
	resp, err := c.send("/user/checkOnline.json", url.Values{"userId": {user}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(w, resp.Body)
	return err
}

// Not reported: two answers, each checked.
// Rules: unchecked/other-response.
func (c *Client) both(user string) error {
	var first, second Reply
	if err := c.into("/user/block.json", url.Values{"userId": {user}}, &first); err != nil {
		return err
	}
	if first.Code != codeSuccess {
		return &APIError{first.Code, first.ErrorMessage}
	}
	if err := c.into("/user/token/expire.json", url.Values{"userId": {user}}, &second); err != nil {
		return err
	}
	if second.Code != codeSuccess {
		return &APIError{second.Code, second.ErrorMessage}
	}
	return nil
}

// Reported: the second answer is not looked at, whatever the first one said.
// Rules: unchecked/other-response.
func (c *Client) onlyFirst(user string) error {
	var first, second Reply
	if err := c.into("/user/block.json", url.Values{"userId": {user}}, &first); err != nil {
		return err
	}
	if first.Code != codeSuccess {
		return &APIError{first.Code, first.ErrorMessage}
	}
	return c.into("/user/token/expire.json", url.Values{"userId": {user}}, &second) // want `\(unchecked\)`
}

// Not reported: the bytes go on in a buffer.
// Rules: flow/response-bytes.
func (c *Client) buffer(user string) *bytes.Buffer {
	data, err := c.bytes("/user/checkOnline.json", url.Values{"userId": {user}})
	if err != nil {
		return nil
	}
	return bytes.NewBuffer(data)
}

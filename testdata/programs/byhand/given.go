package byhand

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Not reported: a function that is given the response decides.
func (c *Client) givesResponse(user string) error {
	resp, err := c.send("/user/block.json", url.Values{"userId": {user}})
	if err != nil {
		return err
	}
	return decided(resp)
}

func decided(resp *http.Response) error {
	defer resp.Body.Close()
	var reply Reply
	if err := json.NewDecoder(resp.Body).Decode(&reply); err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	if reply.Code != codeSuccess {
		return &APIError{reply.Code, reply.ErrorMessage}
	}
	return nil
}

// Not reported: nor where the call is net/http's own and one status is called again.
func (c *Client) givesAfterStatus(user string) error {
	for range 4 {
		resp, err := http.PostForm(host+"/user/block.json", url.Values{"userId": {user}})
		if err != nil {
			return err
		}
		if resp.StatusCode == http.StatusTooManyRequests {
			resp.Body.Close()
			time.Sleep(time.Second)
			continue
		}
		return decided(resp)
	}
	return errLater
}

// Reported: it is called again at once.
func (c *Client) givesInHurry(user string) error {
	for range 4 {
		resp, err := http.PostForm(host+"/user/block.json", url.Values{"userId": {user}}) // want `\(retry\)`
		if err != nil {
			return err
		}
		if resp.StatusCode == http.StatusTooManyRequests {
			resp.Body.Close()
			continue
		}
		return decided(resp)
	}
	return errLater
}

// Not reported: the body is given.
func (c *Client) givesBody(user string) error {
	resp, err := http.PostForm(host+"/user/block.json", url.Values{"userId": {user}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if err := decidedBody(resp.Body); err != nil {
		return fmt.Errorf("block: %w", err)
	}
	c.busy = append(c.busy, user)
	return nil
}

func decidedBody(body io.Reader) error {
	var reply Reply
	if err := json.NewDecoder(body).Decode(&reply); err != nil {
		return err
	}
	if reply.Code != codeSuccess {
		return &APIError{reply.Code, reply.ErrorMessage}
	}
	return nil
}

// Not reported: the bytes are given, two functions deep.
func (c *Client) givesBytes(user string) error {
	resp, err := http.PostForm(host+"/user/block.json", url.Values{"userId": {user}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	return deeper(user, data)
}

func deeper(user string, data []byte) error {
	if err := decidedBytes(data); err != nil {
		return fmt.Errorf("user %s: %w", user, err)
	}
	return nil
}

func decidedBytes(data []byte) error {
	var reply Reply
	if err := json.Unmarshal(data, &reply); err != nil {
		return err
	}
	if reply.Code != codeSuccess {
		return &APIError{reply.Code, reply.ErrorMessage}
	}
	return nil
}

// Not reported: the text is given.
func (c *Client) givesText(user string) error {
	resp, err := http.PostForm(host+"/user/block.json", url.Values{"userId": {user}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var text strings.Builder
	if _, err := io.Copy(&text, resp.Body); err != nil {
		return err
	}
	return decidedText(text.String())
}

func decidedText(text string) error {
	var reply Reply
	if err := json.Unmarshal([]byte(text), &reply); err != nil {
		return err
	}
	if reply.Code != codeSuccess {
		return &APIError{reply.Code, reply.ErrorMessage}
	}
	return nil
}

// Not reported: a method of the decoded reply decides.
func (c *Client) givesReply(user string) (string, error) {
	resp, err := http.PostForm(host+"/user/getToken.json", url.Values{"userId": {user}})
	if err != nil {
		return "", err
	}
	reply, err := decodedReply(resp)
	if err != nil {
		return "", err
	}
	return reply.Token, reply.failure()
}

func decodedReply(resp *http.Response) (*Reply, error) {
	defer resp.Body.Close()
	reply := new(Reply)
	return reply, json.NewDecoder(resp.Body).Decode(reply)
}

func (r *Reply) failure() error {
	if r.Code == codeSuccess {
		return nil
	}
	return &APIError{r.Code, r.ErrorMessage}
}

// Not reported: a generic function decodes and decides.
func (c *Client) givesGeneric(user string) (string, error) {
	resp, err := http.PostForm(host+"/user/getToken.json", url.Values{"userId": {user}})
	if err != nil {
		return "", err
	}
	token, err := decidedAs[struct {
		Token string `json:"token"`
	}](resp)
	return token.Token, err
}

func decidedAs[T any](resp *http.Response) (out T, err error) {
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return out, err
	}
	if err := decidedBytes(data); err != nil {
		return out, err
	}
	return out, json.Unmarshal(data, &out)
}

// Not reported: a closure does.
func (c *Client) givesClosure(user string) error {
	decide := func(resp *http.Response) error {
		var reply Reply
		if err := json.NewDecoder(resp.Body).Decode(&reply); err != nil {
			return err
		}
		if reply.Code != codeSuccess {
			return &APIError{reply.Code, reply.ErrorMessage}
		}
		return nil
	}
	resp, err := http.PostForm(host+"/user/block.json", url.Values{"userId": {user}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return decide(resp)
}

// Reported: the function that is given the response keeps no code.
func (c *Client) givesAndLoses(user string) error {
	resp, err := http.PostForm(host+"/user/block.json", url.Values{"userId": {user}})
	if err != nil {
		return err
	}
	return loses(resp) // want `\(retryable\)`
}

func loses(resp *http.Response) error {
	defer resp.Body.Close()
	var reply Reply
	if err := json.NewDecoder(resp.Body).Decode(&reply); err != nil {
		return err
	}
	if reply.Code != codeSuccess {
		return errors.New(reply.ErrorMessage)
	}
	return nil
}

// Reported, but there: the function that is given the response takes what it needs.
func (c *Client) givesUnchecked(user string) (string, error) {
	resp, err := http.PostForm(host+"/user/getToken.json", url.Values{"userId": {user}})
	if err != nil {
		return "", err
	}
	return token(resp)
}

func token(resp *http.Response) (string, error) {
	defer resp.Body.Close()
	var reply Reply
	err := json.NewDecoder(resp.Body).Decode(&reply) // want `\(unchecked\)`
	return reply.Token, err
}

// Reported, but not here: the same, two functions deep.
func (c *Client) givesDeepUnchecked(user string) (string, error) {
	resp, err := http.PostForm(host+"/user/getToken.json", url.Values{"userId": {user}})
	if err != nil {
		return "", err
	}
	return tokenOf(resp)
}

func tokenOf(resp *http.Response) (string, error) {
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return "", err
	}
	return tokenIn(data)
}

func tokenIn(data []byte) (string, error) {
	var reply Reply
	err := json.Unmarshal(data, &reply) // want `\(unchecked\)`
	return reply.Token, err
}

// Reported: what another function looks at is another response.
func (c *Client) givesNothing(user string) error {
	resp, err := http.PostForm(host+"/user/block.json", url.Values{"userId": {user}}) // want `\(unchecked\)`
	if err != nil {
		return err
	}
	resp.Body.Close()
	return c.givesResponse(user)
}

// Reported: the status alone decides that the call is made again, at once.
func (c *Client) statusInHurry(user string) error {
	var last error
	for range 3 {
		resp, err := http.PostForm(host+"/user/block.json", url.Values{"userId": {user}}) // want `after 500 .* and 504 .*\(retry\)`
		if err != nil {
			return err
		}
		if resp.StatusCode >= 500 {
			resp.Body.Close()
			last = &StatusError{resp.StatusCode}
			continue
		}
		var reply Reply
		err = json.NewDecoder(resp.Body).Decode(&reply)
		resp.Body.Close()
		if err != nil {
			return err
		}
		if reply.Code != codeSuccess {
			return &APIError{reply.Code, reply.ErrorMessage}
		}
		return nil
	}
	return last
}

// Reported: a wrong secret stays wrong.
func (c *Client) statusForAll(user string) error {
	for attempt := range 3 {
		resp, err := http.PostForm(host+"/user/block.json", url.Values{"userId": {user}}) // want `after a permanent failure, such as 400 .*\(retry\)`
		if err != nil {
			return err
		}
		if resp.StatusCode != http.StatusOK {
			resp.Body.Close()
			time.Sleep(time.Second << attempt)
			continue
		}
		return decided(resp)
	}
	return errFailed
}

// Not reported: what the server may do later is asked for later.
func (c *Client) statusPatient(user string) error {
	var last error
	for attempt := range 3 {
		resp, err := http.PostForm(host+"/user/block.json", url.Values{"userId": {user}})
		if err != nil {
			return err
		}
		if resp.StatusCode >= 500 || resp.StatusCode == http.StatusTooManyRequests {
			resp.Body.Close()
			last = &StatusError{resp.StatusCode}
			time.Sleep(time.Second << attempt)
			continue
		}
		return decided(resp)
	}
	return last
}

// Not reported: each page is another call, whatever the status was.
func (c *Client) statusOfPages(user string) (failed []int, err error) {
	for page := range 3 {
		resp, err := http.PostForm(host+"/user/block/query.json", url.Values{"userId": {user}, "page": {fmt.Sprint(page)}})
		if err != nil {
			return failed, err
		}
		if resp.StatusCode != http.StatusOK {
			resp.Body.Close()
			failed = append(failed, resp.StatusCode)
			continue
		}
		if err := decided(resp); err != nil {
			return failed, err
		}
	}
	return failed, nil
}

// asked fetches an answer and has another function look at it.
func (c *Client) asked(path string, form url.Values) ([]byte, error) {
	resp, err := c.send(path, form)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if err := decidedBytes(data); err != nil {
		return nil, err
	}
	return data, nil
}

// Not reported: the code was looked at before the bytes came here.
func (c *Client) takesRest(user string) (string, error) {
	data, err := c.asked("/user/getToken.json", url.Values{"userId": {user}})
	if err != nil {
		return "", err
	}
	var reply Reply
	err = json.Unmarshal(data, &reply)
	return reply.Token, err
}

// asksHere fetches an answer and looks at it.
func (c *Client) asksHere(path string, form url.Values) ([]byte, error) {
	resp, err := c.send(path, form)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	var reply Reply
	if err := json.Unmarshal(data, &reply); err != nil {
		return nil, err
	}
	if reply.Code != codeSuccess {
		return nil, &APIError{reply.Code, reply.ErrorMessage}
	}
	return data, nil
}

// Not reported: likewise, though the code is looked at once more, and lost.
func (c *Client) takesRestOnceMore(user string) (string, error) {
	data, err := c.asksHere("/user/getToken.json", url.Values{"userId": {user}})
	if err != nil {
		return "", err
	}
	var reply Reply
	if err := json.Unmarshal(data, &reply); err != nil {
		return "", err
	}
	if reply.Code != codeSuccess {
		return "", fmt.Errorf("answer %d", reply.Code)
	}
	return reply.Token, nil
}

// Reported: that another call of this client was looked at says nothing of the second.
// Rules: unchecked/other-response.
func (c *Client) asksOther(user string) (string, error) {
	if err := c.givesResponse(user); err != nil {
		return "", err
	}
	var reply Reply
	if err := c.into("/user/getToken.json", url.Values{"userId": {user}}, &reply); err != nil { // want `\(unchecked\)`
		return "", err
	}
	return reply.Token, nil
}

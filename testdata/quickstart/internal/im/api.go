package im

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Token registers a user and returns a token for its devices.
func (c *Client) Token(ctx context.Context, user, name string) (string, error) {
	out, err := c.call(ctx, "/user/getToken.json", url.Values{"userId": {user}, "name": {name}})
	if err != nil {
		return "", fmt.Errorf("token for %s: %w", user, err)
	}
	return out.Token, nil
}

// Send delivers a text message, and waits when the API asks for it.
func (c *Client) Send(ctx context.Context, from, to, text string) error {
	form := url.Values{"fromUserId": {from}, "toUserId": {to}, "objectName": {"RC:TxtMsg"}, "content": {text}}
	for attempt := 0; ; attempt++ {
		_, err := c.call(ctx, "/message/private/publish.json", form)
		var failure *Error
		if attempt < 3 && errors.As(err, &failure) && failure.Code == 1008 {
			time.Sleep(time.Second << attempt)
			continue
		}
		return err
	}
}

// Block keeps a user from connecting for some minutes.
func (c *Client) Block(ctx context.Context, user string, minutes int) error {
	_, err := c.call(ctx, "/user/block.json", url.Values{"userId": {user}, "minute": {strconv.Itoa(minutes)}})
	if err != nil {
		return fmt.Errorf("cannot block %s: %v", user, err)
	}
	return nil
}

// Explain says in a sentence why a call failed.
func Explain(err error) (string, bool) {
	var failure *Error
	if !errors.As(err, &failure) {
		return "the service cannot be reached", true
	}
	switch failure.Code {
	case 1000, 1002:
		return "the request is bad", false
	case 1004:
		return "the app secret is wrong", false
	case 1008:
		return "too many calls, try again later", true
	case 21402:
		return "the community is not available", false
	}
	return failure.Message, false
}

// Throttled tells whether a call came too fast.
func Throttled(err error) bool {
	var failure *Error
	return errors.As(err, &failure) && failure.Code == http.StatusTooManyRequests
}

// Befriend makes two users friends; that they are already is fine.
func (c *Client) Befriend(ctx context.Context, user, target string) error {
	_, err := c.call(ctx, "/friend/add.json", url.Values{"userId": {user}, "targetId": {target}})
	if err != nil && strings.Contains(err.Error(), "25460") {
		return nil
	}
	return err
}

// Online tells how many of the users are connected.
func (c *Client) Online(ctx context.Context, users []string) int {
	count := 0
	for _, user := range users {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, host+"/user/checkOnline.json",
			strings.NewReader(url.Values{"userId": {user}}.Encode()))
		if err != nil {
			return count
		}
		c.sign(req)
		resp, err := c.HTTP.Do(req)
		if err != nil {
			return count
		}
		var out struct {
			Code   int    `json:"code"`
			Status string `json:"status"`
		}
		err = json.NewDecoder(resp.Body).Decode(&out)
		resp.Body.Close()
		if err != nil {
			return count
		}
		if out.Status == "1" {
			count++
		}
	}
	return count
}

// Leave takes a user out of a group.
func (c *Client) Leave(ctx context.Context, user, group string) {
	if _, err := c.call(ctx, "/group/quit.json", url.Values{"userId": {user}, "groupId": {group}}); err != nil {
		log.Printf("leaving %s: %v", group, err)
	}
}

// Package room is given responses in parts: what looks at one part looks at the response.
package room

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"time"

	"example.com/split/wire"
)

var errBusy = errors.New("busy")

type answer struct {
	Code int    `json:"code"`
	Note string `json:"errorMessage"`
}

// Body looks at the code in the bytes and drops the response: silent.
func Body(ctx context.Context) error {
	_, data, err := wire.Fetch(ctx, "/chatroom/create.json", nil)
	if err != nil {
		return err
	}
	var a answer
	if err := json.Unmarshal(data, &a); err != nil {
		return err
	}
	if a.Code != 200 {
		return wire.Refused{By: a.Code}
	}
	return nil
}

// BodyLost loses that code.
func BodyLost(ctx context.Context) error {
	_, data, err := wire.Fetch(ctx, "/chatroom/create.json", nil)
	if err != nil {
		return err
	}
	var a answer
	if err := json.Unmarshal(data, &a); err != nil {
		return err
	}
	if a.Code != 200 {
		return errors.New(a.Note) // want `1008.*1050.*\(retryable\)`
	}
	return nil
}

// Status looks at the response and drops the bytes: silent.
func Status(ctx context.Context) error {
	resp, _, err := wire.Fetch(ctx, "/chatroom/destroy.json", nil)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return wire.Refused{By: resp.StatusCode}
	}
	return nil
}

// StatusLost loses the status.
func StatusLost(ctx context.Context) error {
	resp, _, err := wire.Fetch(ctx, "/chatroom/destroy.json", nil)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return errBusy // want `429.*500.*504.*\(retryable\)`
	}
	return nil
}

// Number looks at the number alone: silent.
func Number(ctx context.Context) error {
	status, _, err := wire.Ask(ctx, "/chatroom/destroy.json", nil)
	if err == nil && status != http.StatusOK {
		err = wire.Refused{By: status}
	}
	return err
}

// NumberLost puts it into a text.
func NumberLost(ctx context.Context) error {
	status, data, err := wire.Ask(ctx, "/chatroom/destroy.json", nil)
	if err != nil {
		return err
	}
	if status != http.StatusOK {
		return fmt.Errorf("status %d: %s", status, data) // want `429.*500.*504.*\(retryable\)`
	}
	return nil
}

// Token takes what it needs out of the bytes behind a test of the number: silent.
func Token(ctx context.Context, user string) (string, error) {
	status, data, err := wire.Ask(ctx, "/user/getToken.json", url.Values{"userId": {user}})
	if err != nil {
		return "", err
	}
	if status != http.StatusOK {
		return "", wire.Refused{By: status}
	}
	var t struct {
		Token string `json:"token"`
	}
	err = json.Unmarshal(data, &t)
	return t.Token, err
}

// TokenBlind takes it without one.
// Rules: behavior/other-field.
func TokenBlind(ctx context.Context, user string) (string, error) {
	_, data, err := wire.Ask(ctx, "/user/getToken.json", url.Values{"userId": {user}}) // want `never checked \(unchecked\)`
	if err != nil {
		return "", err
	}
	var t struct {
		Token string `json:"token"`
	}
	err = json.Unmarshal(data, &t)
	return t.Token, err
}

// TokenEmpty asks whether it is there: silent.
// Rules: behavior/other-field.
func TokenEmpty(ctx context.Context, user string) (string, error) {
	_, data, err := wire.Ask(ctx, "/user/getToken.json", url.Values{"userId": {user}})
	if err != nil {
		return "", err
	}
	var t struct {
		Token string `json:"token"`
	}
	if err := json.Unmarshal(data, &t); err != nil {
		return "", err
	}
	if t.Token == "" {
		return "", errBusy
	}
	return t.Token, nil
}

// kept makes an error of a status.
func kept(resp *http.Response) error {
	if resp.StatusCode == http.StatusOK {
		return nil
	}
	return wire.Refused{By: resp.StatusCode}
}

// Helper gives the response to a function that looks: silent.
func Helper(ctx context.Context) error {
	resp, _, err := wire.Fetch(ctx, "/chatroom/keepalive/add.json", nil)
	if err != nil {
		return err
	}
	return kept(resp)
}

// Both looks at both: silent.
func Both(ctx context.Context) error {
	resp, data, err := wire.Fetch(ctx, "/chatroom/keepalive/add.json", nil)
	if err != nil {
		return err
	}
	if err := kept(resp); err != nil {
		return err
	}
	var a answer
	if err := json.Unmarshal(data, &a); err != nil {
		return err
	}
	if a.Code != 200 {
		return wire.Refused{By: a.Code}
	}
	return nil
}

// parse looks at the code in bytes.
func parse(data []byte) error {
	var a answer
	if err := json.NewDecoder(bytes.NewReader(data)).Decode(&a); err != nil {
		return err
	}
	if a.Code != 200 {
		return wire.Refused{By: a.Code}
	}
	return nil
}

// Parsed gives the bytes to a function that looks, but not where the status is bad.
func Parsed(ctx context.Context) error {
	status, data, err := wire.Ask(ctx, "/chatroom/keepalive/remove.json", nil)
	if err != nil {
		return err
	}
	if status != http.StatusOK {
		return errBusy // want `lost here: .*429 .*500 .*504 .*\(retryable\)`
	}
	return parse(data)
}

// On hands the parts on: silent.
func On(ctx context.Context) (int, error) {
	status, _, err := wire.Ask(ctx, "/chatroom/query.json", nil)
	return status, err
}

// OnData hands the bytes on: silent.
func OnData(ctx context.Context) ([]byte, error) {
	_, data, err := wire.Ask(ctx, "/chatroom/query.json", nil)
	return data, err
}

// Words looks into the text: silent.
func Words(ctx context.Context) error {
	text, status, err := wire.Text(ctx, "/chatroom/query.json")
	if err != nil {
		return err
	}
	if status != http.StatusOK {
		return wire.Refused{By: status}
	}
	log.Print(text)
	return nil
}

// Logged only writes the parts down.
func Logged(ctx context.Context) {
	status, data, err := wire.Ask(ctx, "/chatroom/message/priority/add.json", nil) // want `never checked \(unchecked\)`
	if err != nil {
		log.Print(err)
		return
	}
	log.Printf("%d %s", status, data)
}

// Sorted tells the required statuses apart: silent.
func Sorted(ctx context.Context) error {
	for i := range 3 {
		status, _, err := wire.Ask(ctx, "/chatroom/message/priority/add.json", nil)
		if err != nil {
			return err
		}
		switch status {
		case http.StatusOK:
			return nil
		case http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusGatewayTimeout:
			time.Sleep(time.Second << i)
		default:
			return errors.New("refused")
		}
	}
	return errBusy
}

// SortedHalf forgets two.
func SortedHalf(ctx context.Context) error {
	status, data, err := wire.Ask(ctx, "/chatroom/message/priority/add.json", nil)
	if err != nil {
		return err
	}
	switch status { // want `500.*504.*\(switch\)`
	case http.StatusTooManyRequests:
		return errBusy
	}
	var a answer
	if err := json.Unmarshal(data, &a); err != nil {
		return err
	}
	if a.Code != 200 {
		return wire.Refused{By: a.Code}
	}
	return nil
}

// Hasty calls again at once.
func Hasty(ctx context.Context) error {
	for range 3 {
		status, _, err := wire.Ask(ctx, "/chatroom/ban/add.json", nil) // want `\(retry\)`
		if err != nil {
			return err
		}
		if status != http.StatusTooManyRequests {
			return wire.Refused{By: status}
		}
	}
	return errBusy
}

// Looked calls one that has looked: silent.
func Looked(ctx context.Context) error {
	_, _, err := wire.Must(ctx, "/chatroom/ban/add.json")
	return err
}

// SortedAgain asks again into the same variables: silent.
func SortedAgain(ctx context.Context) error {
	status, data, err := wire.Ask(ctx, "/chatroom/ban/add.json", nil)
	for tries := 0; err == nil && status == http.StatusTooManyRequests && tries < 3; tries++ {
		time.Sleep(time.Second)
		status, data, err = wire.Ask(ctx, "/chatroom/ban/add.json", nil)
	}
	if err != nil {
		return err
	}
	if status != http.StatusOK {
		return wire.Refused{By: status}
	}
	log.Printf("%s", data)
	return nil
}

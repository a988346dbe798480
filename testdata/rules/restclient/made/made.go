// Package made makes its client, and asks the API with it.
package made

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"time"

	"github.com/go-resty/resty/v2"
)

// Users talks to the API.
type Users struct{ client, bare *resty.Client }

// New makes them.
func New() *Users {
	return &Users{client: resty.New().SetBaseURL("https://api.rong-api.com"), bare: resty.New()}
}

// Refused holds a code.
type Refused struct{ By int }

func (r *Refused) Error() string { return "refused" }

var errNo = errors.New("no")

type answer struct {
	Code  int    `json:"code"`
	Note  string `json:"errorMessage"`
	Token string `json:"token"`
}

// Lost loses the status.
// Rules: origin/http-status.
func (u *Users) Lost(id string) error {
	resp, err := u.client.R().SetFormData(map[string]string{"userId": id}).Post("/user/block.json")
	if err != nil {
		return err
	}
	if resp.StatusCode() != http.StatusOK {
		return fmt.Errorf("blocking: %s", resp.Status()) // want `429.*500.*504.*\(retryable\)`
	}
	return nil
}

// Bare gives the whole address to the request.
func (u *Users) Bare(id string) error {
	resp, err := u.bare.R().SetHeader("Accept", "application/json").Execute(http.MethodPost, "https://api.rong-api.com/user/block.json")
	if err != nil {
		return err
	}
	switch resp.StatusCode() { // want `500.*504.*\(switch\)`
	case http.StatusTooManyRequests:
		return errNo
	case http.StatusOK:
		return nil
	}
	return errors.New("refused")
}

// Dropped never looks.
func (u *Users) Dropped(id string) error {
	_, err := u.client.R().SetFormData(map[string]string{"userId": id}).Post("/user/unblock.json") // want `\(unchecked\)`
	return err
}

// Hasty calls again at once.
func (u *Users) Hasty() error {
	for range 3 {
		resp, err := u.client.R().Post("/user/unblock.json") // want `\(retry\)`
		if err != nil {
			return err
		}
		if resp.StatusCode() != http.StatusTooManyRequests {
			return &Refused{resp.StatusCode()}
		}
	}
	return errNo
}

// Patient waits: silent.
func (u *Users) Patient() error {
	for i := range 3 {
		resp, err := u.client.R().Post("/user/unblock.json")
		if err != nil {
			return err
		}
		switch resp.StatusCode() {
		case http.StatusOK:
			return nil
		case http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusGatewayTimeout:
			time.Sleep(time.Second << i)
		default:
			return errNo
		}
	}
	return errNo
}

// Kept keeps the status: silent.
func (u *Users) Kept() error {
	resp, err := u.client.R().Post("/user/unblock.json")
	if err != nil {
		return err
	}
	if resp.StatusCode() != http.StatusOK {
		return &Refused{resp.StatusCode()}
	}
	log.Print(resp.String())
	return nil
}

// On hands the response on: silent.
func (u *Users) On() (*resty.Response, error) {
	return u.client.R().Post("/user/unblock.json")
}

// Said asks the library whether it failed: silent.
func (u *Users) Said() error {
	resp, err := u.client.R().Post("/user/unblock.json")
	if err != nil {
		return err
	}
	if resp.IsError() {
		return errNo
	}
	return nil
}

// Decoded looks into the body: silent.
func (u *Users) Decoded() error {
	resp, err := u.client.R().Post("/user/unblock.json")
	if err != nil {
		return err
	}
	var a answer
	if err := json.Unmarshal(resp.Body(), &a); err != nil {
		return err
	}
	if a.Code != 200 {
		return &Refused{a.Code}
	}
	return nil
}

// Blind takes a token without a look.
func (u *Users) Blind() (string, error) {
	resp, err := u.client.R().Post("/user/getToken.json") // want `\(unchecked\)`
	if err != nil {
		return "", err
	}
	var a answer
	err = json.Unmarshal(resp.Body(), &a)
	return a.Token, err
}

// Result has the library decode: silent.
func (u *Users) Result() (string, error) {
	var a answer
	_, err := u.client.R().SetResult(&a).Post("/user/getToken.json")
	if err != nil {
		return "", err
	}
	if a.Code != 200 {
		return "", &Refused{a.Code}
	}
	return a.Token, nil
}

// call is a helper that has the library decode.
func (u *Users) call(path string, out any) (*resty.Response, error) {
	return u.client.R().SetResult(out).Post(path)
}

// ByHelper looks at what was decoded: silent.
func (u *Users) ByHelper() (string, error) {
	var a answer
	if _, err := u.call("/user/getToken.json", &a); err != nil {
		return "", err
	}
	if a.Code != 200 {
		return "", &Refused{a.Code}
	}
	return a.Token, nil
}

// Elsewhere is another API: silent.
// Rules: origin/http-status.
func (u *Users) Elsewhere() error {
	resp, err := u.bare.R().Post("https://hooks.example.com/done")
	if err != nil {
		return err
	}
	if resp.StatusCode() == 418 {
		return errNo
	}
	return nil
}

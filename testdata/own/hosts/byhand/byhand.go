// Package byhand decodes answers into structs of its own, whose codes have no type.
package byhand

import (
	"encoding/json"
	"errors"
	"net/http"

	"example.com/hosts/codes"
)

var errPoor = errors.New("poor")

type failure struct{ code int }

func (f *failure) Error() string { return errPoor.Error() }

type answer struct {
	Ret int    `json:"ret"`
	Why string `json:"why"`
}

func fetch(url string) (*answer, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var a answer
	if err := json.NewDecoder(resp.Body).Decode(&a); err != nil {
		return nil, err
	}
	return &a, nil
}

// Charge asks the API.
// Rules: origin/foreign-request, own/host-path.
func Charge() error {
	a, err := fetch("https://api.charges.example/v1/charges/1")
	if err != nil {
		return err
	}
	if a.Ret == 310 { // want `magic charge code 310 \(Poor: poor\); use codes.Poor \(magic\)`
		return errPoor
	}
	if a.Ret != int(codes.OK) {
		return &failure{a.Ret}
	}
	return nil
}

type other struct {
	Ret int    `json:"ret"`
	Why string `json:"why"`
}

// Else asks somebody else, whose answers look alike.
// Rules: origin/foreign-request, own/host-path.
func Else() bool {
	resp, err := http.Get("https://api.somebody.example/v2/things")
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	var o other
	if err := json.NewDecoder(resp.Body).Decode(&o); err != nil {
		return false
	}
	return o.Ret == 310
}

// Rules: own/host-path.
func lost() error {
	a, err := fetch("https://api.charges.example/v1/charges/2")
	if err != nil {
		return err
	}
	if a.Ret != 0 {
		return errPoor // want `the code of byhand.fetch's response is lost here: callers can no longer tell 320 \(Busy\) from other failures \(retryable\)`
	}
	return nil
}

// Package im is a client whose answers share an embedded head with a method.
package im

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// The codes that are told apart.
const (
	Success     = 200
	RateLimited = 1008
	Timeout     = 1050
	BadRequest  = 1000
)

// A Head stands at the top of every answer.
type Head struct {
	Code         int    `json:"code"`
	ErrorMessage string `json:"errorMessage"`
}

// Err keeps the code.
func (h *Head) Err() error {
	if h.Code == Success {
		return nil
	}
	return Failure{Status: h.Code, Text: h.ErrorMessage}
}

// A Failure is an error by value.
type Failure struct {
	Status int
	Text   string
}

func (f Failure) Error() string { return fmt.Sprintf("im: %d %s", f.Status, f.Text) }

// Late is a predicate without a branch.
func (f Failure) Late() bool { return f.Status == Timeout }

// Later names both.
func (f *Failure) Later() bool { return f.Status == RateLimited || f.Status == Timeout }

// Limited is a predicate over a number.
func Limited(code int) bool { return code == RateLimited }

const host = "https://api.rong-api.com"

// Archive calls the promoted method on a variable: silent.
func Archive(hour string) (string, error) {
	resp, err := http.PostForm(host+"/message/history.json", url.Values{"date": {hour}})
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var a struct {
		Head
		URL string `json:"url"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&a); err != nil {
		return "", err
	}
	return a.URL, a.Err()
}

// Remove hands the embedded part to a function of this package: silent.
func Remove(hour string) error {
	resp, err := http.PostForm(host+"/message/history/delete.json", url.Values{"date": {hour}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var a struct {
		Head Head
		Name string
	}
	if err := json.NewDecoder(resp.Body).Decode(&a.Head); err != nil {
		return err
	}
	return check(&a.Head)
}

func check(h *Head) error { return h.Err() }

// Lost calls a method of the embedded part that looks at something else.
func Lost(hour string) (string, error) {
	resp, err := http.PostForm(host+"/message/history.json", url.Values{"date": {hour}}) // want `\(unchecked\)`
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var a struct {
		Head
		URL string `json:"url"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&a); err != nil {
		return "", err
	}
	return a.URL + a.text(), nil
}

func (h *Head) text() string { return h.ErrorMessage }

// post reads its result behind the call that fills it: silent, and a response for its callers.
func post(action string, form url.Values) (h Head, err error) {
	resp, err := http.PostForm(host+"/user/"+action+".json", form)
	if err != nil {
		return h, err
	}
	defer resp.Body.Close()
	var buf bytes.Buffer
	if _, err := buf.ReadFrom(resp.Body); err != nil {
		return h, err
	}
	return h, json.Unmarshal(buf.Bytes(), &h)
}

// Online calls itself, with a pause: silent.
func Online(id string, left int) (Head, error) {
	h, err := post("checkOnline", url.Values{"userId": {id}})
	if err == nil && left > 0 && (h.Code == RateLimited || h.Code == Timeout) {
		time.Sleep(time.Second)
		return Online(id, left-1)
	}
	return h, err
}

// OnlineAtOnce does not wait.
func OnlineAtOnce(id string) (Head, error) {
	h, err := post("checkOnline", url.Values{"userId": {id}}) // want `1008.*1050.*\(retry\)`
	if err == nil && (h.Code == RateLimited || h.Code == Timeout) {
		return OnlineAtOnce(id)
	}
	return h, err
}

// Block drops the response of the helper.
func Block(id string) error {
	_, err := post("block", url.Values{"userId": {id}}) // want `\(unchecked\)`
	return err
}

type user struct {
	Head
	Name string `json:"userName"`
}

func (u *user) trim() { u.Name = strings.TrimSpace(u.Name) }

func named(u *user, name string) { u.Name = name }

// Name changes what it decoded, once the code was looked at: silent.
func Name(id string) (string, error) {
	resp, err := http.PostForm(host+"/user/info.json", url.Values{"userId": {id}})
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var u user
	if err := json.NewDecoder(resp.Body).Decode(&u); err != nil {
		return "", err
	}
	if u.Code != Success {
		return "", u.Err()
	}
	u.trim()
	if u.Name == "" {
		named(&u, id)
	}
	return u.Name, nil
}

// Nobody has a value of the same type that nothing was decoded into: silent.
func Nobody() string {
	u := user{Name: " nobody "}
	u.trim()
	named(&u, u.Name+"?")
	return u.Name
}

// Filled has a helper that does decode.
func Filled(id string) (string, error) {
	resp, err := http.PostForm(host+"/user/info.json", url.Values{"userId": {id}})
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var u user
	if err := fill(resp.Body, &u); err != nil { // want `\(unchecked\)`
		return "", err
	}
	return u.Name, nil
}

func fill(r io.Reader, u *user) error {
	defer u.trim()
	return json.NewDecoder(r).Decode(u)
}

// Swap reads both variables before it stores: the failure goes out, silent.
func Swap(id string) (Head, error) {
	h, err := post("unblock", url.Values{"userId": {id}})
	var old Head
	touch(&h)
	touch(&old)
	old, h = h, old
	return old, err
}

func touch(*Head) {}

// Health answers its client by what the call said: silent.
func Health(w http.ResponseWriter, _ *http.Request) {
	state := struct {
		Code int    `json:"code"`
		Msg  string `json:"msg"`
	}{Code: 40001, Msg: "down"}
	if _, err := Archive("now"); err == nil {
		state.Code, state.Msg = 0, "up"
	}
	json.NewEncoder(w).Encode(state)
}

// Report writes the same for success and failure.
func Report(w http.ResponseWriter, _ *http.Request) {
	_, err := Archive("now")
	if err != nil { // want `\(unchecked\)`
		fmt.Println(err)
	}
	json.NewEncoder(w).Encode(map[string]string{"state": "up"})
}

// Refresh leaves out a code; what becomes of it is no success.
func Refresh(id string) error {
	h, err := post("refresh", url.Values{"userId": {id}})
	if err != nil {
		return err
	}
	switch h.Code { // want `omits 1008 .* treated like every other failure \(switch\)`
	case Success:
		return nil
	case Timeout:
		return fmt.Errorf("late: %w", h.Err())
	}
	return h.Err()
}

// Pass takes every failure that it does not name for success.
func Pass(id string) error {
	h, err := post("refresh", url.Values{"userId": {id}})
	if err != nil {
		return err
	}
	switch h.Code { // want `omits 1008 .* treated like success \(switch\)`
	case Timeout, BadRequest:
		return h.Err()
	}
	return nil
}

// Tag compares with the constant of net/http whose number is another failure here.
func Tag(id string) error {
	h, err := post("tag/set", url.Values{"userId": {id}})
	if err == nil && h.Code == http.StatusBadRequest { // want `400 \(UserNotFound\).*1002.*1003.*1005.*\(mixed\)`
		return nil
	}
	if err == nil {
		err = h.Err()
	}
	return err
}

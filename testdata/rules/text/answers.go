package text

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
)

var errLimited = errors.New("rate limited")

func ask(path string) (*http.Response, error) {
	req, err := http.NewRequest("POST", "https://api.rong-api.com"+path, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

// Reported: the status has its number.
// Rules: text/response-parts, scope/one-cause.
func status() error {
	resp, err := ask("/user/block.json")
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if strings.HasPrefix(resp.Status, "429") { // want `the code 429 \(StatusTooManyRequests\) is looked for in the text of a status, which may say it otherwise: compare StatusCode with the number \(text\)`
		return errLimited
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

// Reported: an answer is decoded.
// Rules: text/response-parts.
func body() error {
	resp, err := ask("/user/unblock.json")
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if strings.Contains(string(b), "1008") { // want `the code 1008 \(RateLimited\) is looked for in the text of an answer, which may say it otherwise: decode it and compare the number \(text\)`
		return errLimited
	}
	return err
}

// Reported: a field with success is no other than with a failure.
func success() error {
	resp, err := ask("/user/unblock.json")
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if !bytes.Contains(b, []byte(`"code":200`)) { // want `the code 200 \(Success\) is looked for in the text of an answer, .*\(text\)`
		return errLimited
	}
	return nil
}

// Not reported: the number alone may be anything, and so may another field.
// Rules: text/response-parts.
func number() (bool, error) {
	resp, err := ask("/user/unblock.json")
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	return bytes.Contains(b, []byte("200")) || bytes.Contains(b, []byte(`"width":200`)), err
}

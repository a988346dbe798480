package sdk

import (
	"bytes"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// form builds a signed request with a form body.
func (rc *RongCloud) form(path string, values url.Values) (*http.Request, error) {
	req, err := http.NewRequest(http.MethodPost, rc.uri+path, strings.NewReader(values.Encode()))
	if err != nil {
		return nil, err
	}
	rc.sign(req)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return req, nil
}

// document builds a signed request with a JSON body and says its identifier.
func (rc *RongCloud) document(method, path string, body any) (*http.Request, string, error) {
	data, err := json.Marshal(body)
	if err != nil {
		return nil, "", err
	}
	req, err := http.NewRequest(method, rc.uri+path, bytes.NewReader(data))
	if err != nil {
		return nil, "", err
	}
	id := strconv.FormatInt(time.Now().UnixNano(), 36)
	rc.sign(req)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Request-Id", id)
	return req, id, nil
}

func (rc *RongCloud) sign(req *http.Request) {
	now := time.Now()
	nonce, stamp := strconv.Itoa(now.Nanosecond()), strconv.FormatInt(now.Unix(), 10)
	sum := sha1.Sum([]byte(rc.appSecret + nonce + stamp))
	req.Header.Set("App-Key", rc.appKey)
	req.Header.Set("Nonce", nonce)
	req.Header.Set("Timestamp", stamp)
	req.Header.Set("Signature", hex.EncodeToString(sum[:]))
}

// do sends a request to an older endpoint.
func (rc *RongCloud) do(req *http.Request) ([]byte, error) {
	return rc.httpRequest(req)
}

func (rc *RongCloud) httpRequest(req *http.Request) (body []byte, err error) {
	resp, err := rc.client.Do(req)
	if err != nil {
		if timedOut(err) {
			rc.ChangeURI()
		}
		return nil, err
	}
	defer resp.Body.Close()
	rc.checkStatusCode(resp)
	body, err = io.ReadAll(resp.Body)
	if err = checkHTTPResponseCode(body); err != nil {
		return nil, err
	}
	return body, err
}

// doV2 sends a request to a newer endpoint.
func (rc *RongCloud) doV2(req *http.Request) (body []byte, err error) {
	resp, err := rc.client.Do(req)
	if err != nil {
		if timedOut(err) {
			rc.ChangeURI()
		}
		return nil, err
	}
	defer resp.Body.Close()
	rc.checkStatusCode(resp)
	body, err = io.ReadAll(resp.Body)
	if err = checkHTTPResponseCodeV2(body); err != nil {
		return nil, err
	}
	return body, err
}

func checkHTTPResponseCode(body []byte) error {
	result := results.Get().(CodeResult)
	defer results.Put(result)
	if err := json.Unmarshal(body, &result); err != nil {
		return err
	}
	if result.Code != 200 {
		return result
	}
	return nil
}

func checkHTTPResponseCodeV2(body []byte) error {
	result := resultsV2.Get().(CodeResultV2)
	defer resultsV2.Put(result)
	if err := json.Unmarshal(body, &result); err != nil {
		return err
	}
	if result.Code != 10000 && result.Code != 200 {
		return result
	}
	return nil
}

// checkStatusCode changes the host for the next call; this one stays failed.
func (rc *RongCloud) checkStatusCode(resp *http.Response) {
	if resp.StatusCode >= 500 && resp.StatusCode < 600 {
		rc.ChangeURI()
	}
}

func timedOut(err error) bool {
	var netErr net.Error
	return errors.As(err, &netErr) && netErr.Timeout()
}

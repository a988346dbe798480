// Package rongcloud has the shape of the vendor's newer SDK, for tests.
package rongcloud

import (
	"bytes"
	"context"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// RongCloud is the client.
type RongCloud struct {
	appKey, appSecret, uri string
	httpClient             *http.Client
}

// NewRongCloud makes a client.
func NewRongCloud(appKey, appSecret string) *RongCloud {
	return &RongCloud{appKey: appKey, appSecret: appSecret, uri: "http://api.rong-api.com", httpClient: http.DefaultClient}
}

// CodeResult is an answer's code, and the error made from it.
type CodeResult struct {
	Code         int    `json:"code"`
	ErrorMessage string `json:"errorMessage,omitempty"`
}

// RCErrorNew makes an error of a code.
func RCErrorNew(code int, text string) error {
	return CodeResult{code, text}
}

func (r CodeResult) Error() string {
	return fmt.Sprintf("code:%d, errorMessage:%s", r.Code, r.ErrorMessage)
}

// ErrorCode returns the code.
func (r CodeResult) ErrorCode() int { return r.Code }

// SDKError is a failure before the request was sent.
type SDKError struct{ Msg string }

// NewSDKError makes an SDKError.
func NewSDKError(msg string) error { return SDKError{Msg: msg} }

func (e SDKError) Error() string { return e.Msg }

func (rc *RongCloud) do(req *http.Request, data any) (*http.Response, error) {
	resp, err := rc.httpClient.Do(req)
	if err != nil {
		return resp, err
	}
	if resp.Body == nil {
		return resp, nil
	}
	rc.changeURIIfNeed(resp)
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return resp, err
	}
	err = json.Unmarshal(body, &data)
	if err != nil {
		return resp, err
	}
	resp.Body.Close()
	resp.Body = io.NopCloser(bytes.NewBuffer(body))
	result := &CodeResult{}
	if err := json.Unmarshal(body, &result); err != nil {
		return resp, nil
	}
	if result.Code != 200 && result.Code != 10000 {
		return resp, RCErrorNew(result.Code, result.ErrorMessage)
	}
	return resp, nil
}

func (rc *RongCloud) changeURIIfNeed(resp *http.Response) {
	if resp.StatusCode >= 500 && resp.StatusCode < 600 {
		rc.uri = "http://api-b.rong-api.com"
	}
}

func (rc *RongCloud) postJson(ctx context.Context, path string, post, res any) (*http.Response, error) {
	body := &bytes.Buffer{}
	if err := json.NewEncoder(body).Encode(post); err != nil {
		return nil, err
	}
	return rc.doRequest(ctx, path, body, &res, "application/json")
}

func (rc *RongCloud) postForm(ctx context.Context, path string, form url.Values, res any) (*http.Response, error) {
	return rc.doRequest(ctx, path, bytes.NewBufferString(form.Encode()), &res, "application/x-www-form-urlencoded")
}

func (rc *RongCloud) doRequest(ctx context.Context, path string, body io.Reader, res any, contentType string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, fmt.Sprintf("%s%s", rc.uri, path), body)
	if err != nil {
		return nil, fmt.Errorf("new http request error %w", err)
	}
	req.Header.Set("Content-Type", contentType)
	rc.sign(req)
	resp, err := rc.do(req, &res)
	if err != nil {
		return resp, err
	}
	return resp, nil
}

func (rc *RongCloud) sign(req *http.Request) {
	now := time.Now()
	nonce, stamp := strconv.Itoa(now.Nanosecond()), strconv.FormatInt(now.Unix(), 10)
	sum := sha1.Sum([]byte(rc.appSecret + nonce + stamp))
	req.Header.Set("RC-App-Key", rc.appKey)
	req.Header.Set("RC-Nonce", nonce)
	req.Header.Set("RC-Timestamp", stamp)
	req.Header.Set("RC-Signature", hex.EncodeToString(sum[:]))
}

type httpResponseGetter interface {
	GetHttpResponse() *http.Response
	GetRequestId() string
}

type rawResponse struct{ resp *http.Response }

func (r *rawResponse) GetHttpResponse() *http.Response { return r.resp }
func (r *rawResponse) GetRequestId() string            { return r.resp.Header.Get("X-Request-Id") }

// Package client is a hand-written client of the vendor's HTTP API.
package client

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Codes that this client knows.
//
//retcode:code business
const (
	codeOK            = 200
	codeBadParam      = 1002
	codeRateLimited   = 1008
	codeTimeout       = 1050
	codeGroupExists   = 25409
	codeGroupFull     = 25411
	codeQueryLimited  = 25416
	codeUserLimit     = 2007
	codeAlreadyFriend = 25460
)

const (
	defaultBaseURL = "https://api.rong-api.com"

	pathGetToken    = "/user/getToken.json"
	pathUserRefresh = "/user/refresh.json"
	pathGroupCreate = "/group/create.json"
	pathGroupJoin   = "/group/join.json"
	pathPublish     = "/message/private/publish.json"
)

// Sentinel errors of the package.
var (
	ErrRateLimited = errors.New("rongcloud: rate limited")
	ErrTimeout     = errors.New("rongcloud: timeout")
	ErrUpstream    = errors.New("rongcloud: upstream")
	ErrInvalid     = errors.New("rongcloud: invalid")
	ErrExists      = errors.New("rongcloud: exists")
)

// Doer is what sends requests.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Client calls the API.
type Client struct {
	base   string
	key    string
	secret string
	doer   Doer
	now    func() time.Time
}

// Option changes a Client.
type Option func(*Client)

// WithBaseURL sets the host.
// Not reported:
func WithBaseURL(u string) Option { return func(c *Client) { c.base = strings.TrimRight(u, "/") } }

// WithDoer sets what sends.
// Not reported:
func WithDoer(d Doer) Option { return func(c *Client) { c.doer = d } }

// New makes a Client.
// Not reported:
func New(key, secret string, opts ...Option) *Client {
	c := &Client{base: defaultBaseURL, key: key, secret: secret, doer: &http.Client{Timeout: 5 * time.Second}, now: time.Now}
	for _, o := range opts {
		o(c)
	}
	return c
}

// status is embedded by every answer.
type status struct {
	Code    int    `json:"code"`
	Message string `json:"errorMessage,omitempty"`
}

// APIError keeps the code.
type APIError struct {
	Op   string
	Code int
	Msg  string
	HTTP int
}

func (e *APIError) Error() string {
	return fmt.Sprintf("rongcloud: %s: %d %s (http %d)", e.Op, e.Code, e.Msg, e.HTTP)
}

// Is makes errors.Is work with the sentinels.
// Not reported: (predicate; names both, no switch)
func (e *APIError) Is(target error) bool {
	switch target {
	case ErrRateLimited:
		return e.Code == codeRateLimited
	case ErrTimeout:
		return e.Code == codeTimeout
	}
	return false
}

// Not reported:
func (c *Client) sign(req *http.Request) {
	var b [8]byte
	_, _ = rand.Read(b[:])
	nonce := hex.EncodeToString(b[:])
	ts := strconv.FormatInt(c.now().UnixMilli(), 10)
	h := sha1.New()
	io.WriteString(h, c.secret+nonce+ts)
	req.Header.Set("App-Key", c.key)
	req.Header.Set("Nonce", nonce)
	req.Header.Set("Timestamp", ts)
	req.Header.Set("Signature", hex.EncodeToString(h.Sum(nil)))
}

// Not reported: the generic helper decodes into the type that the caller knows
func doJSON[T any](ctx context.Context, c *Client, path string, body any) (T, error) {
	var out T
	buf, err := json.Marshal(body)
	if err != nil {
		return out, fmt.Errorf("marshal %s: %w", path, err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+path, bytes.NewReader(buf))
	if err != nil {
		return out, err
	}
	req.Header.Set("Content-Type", "application/json")
	c.sign(req)
	resp, err := c.doer.Do(req)
	if err != nil {
		return out, err
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return out, fmt.Errorf("decode %s: %w", path, err)
	}
	return out, nil
}

// Not reported: form post, checks the code and keeps it
func (c *Client) postForm(ctx context.Context, path string, form url.Values, out any) error {
	u, err := url.JoinPath(c.base, path)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	c.sign(req)
	resp, err := c.doer.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return err
	}
	var st status
	if err := json.Unmarshal(raw, &st); err != nil {
		return fmt.Errorf("%s: http %d: %w", path, resp.StatusCode, err)
	}
	if st.Code != codeOK {
		return &APIError{Op: path, Code: st.Code, Msg: st.Message, HTTP: resp.StatusCode}
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(raw, out)
}

type tokenReply struct {
	status
	Token  string `json:"token"`
	UserID string `json:"userId"`
}

// Token: Reported (unchecked): , the embedded code is never looked at
func (c *Client) Token(ctx context.Context, user string) (string, error) {
	out, err := doJSON[tokenReply](ctx, c, pathGetToken, map[string]string{"userId": user}) // want `\(unchecked\)`
	if err != nil {
		return "", err
	}
	return out.Token, nil
}

// TokenChecked Not reported:
func (c *Client) TokenChecked(ctx context.Context, user string) (string, error) {
	out, err := doJSON[tokenReply](ctx, c, pathGetToken, map[string]string{"userId": user})
	if err != nil {
		return "", err
	}
	if out.Code != codeOK {
		return "", &APIError{Op: "token", Code: out.Code, Msg: out.Message}
	}
	return out.Token, nil
}

// TokenPtr Not reported: pointer envelope
func (c *Client) TokenPtr(ctx context.Context, user string) (*tokenReply, error) {
	out, err := doJSON[*tokenReply](ctx, c, pathGetToken, map[string]string{"userId": user})
	if err != nil {
		return nil, err
	}
	if out == nil || out.Code != codeOK {
		return nil, &APIError{Op: "token", Code: codeOf(out)}
	}
	return out, nil
}

// Not reported:
func codeOf(t *tokenReply) int {
	if t == nil {
		return 0
	}
	return t.Code
}

// Refresh: Not reported: handed on
func (c *Client) Refresh(ctx context.Context, user, name string) error {
	return c.postForm(ctx, pathUserRefresh, url.Values{"userId": {user}, "name": {name}}, nil)
}

// RefreshQuiet: Reported (retryable):
func (c *Client) RefreshQuiet(ctx context.Context, user, name string) error {
	if err := c.postForm(ctx, pathUserRefresh, url.Values{"userId": {user}, "name": {name}}, nil); err != nil {
		return ErrUpstream // want `\(retryable\)`
	}
	return nil
}

// CreateGroup: Reported (switch): (25416 of group)
func (c *Client) CreateGroup(ctx context.Context, id string) error {
	out, err := doJSON[status](ctx, c, pathGroupCreate, map[string]string{"groupId": id})
	if err != nil {
		return err
	}
	switch out.Code { // want `\(switch\)`
	case codeOK, codeGroupExists:
		return nil
	case codeRateLimited, codeTimeout:
		return ErrRateLimited
	}
	return ErrUpstream
}

// mapErr is a converter; the dispatch is here. Not reported:
func mapErr(code int) error {
	switch code {
	case codeOK:
		return nil
	case codeRateLimited, codeQueryLimited:
		return ErrRateLimited
	case codeTimeout:
		return ErrTimeout
	case codeBadParam:
		return ErrInvalid
	case codeGroupExists:
		return ErrExists
	}
	return ErrUpstream
}

// CreateMapped Not reported: all distinguished by mapErr
func (c *Client) CreateMapped(ctx context.Context, id string) error {
	out, err := doJSON[status](ctx, c, pathGroupCreate, map[string]string{"groupId": id})
	if err != nil {
		return err
	}
	return mapErr(out.Code)
}

// mapShort converts, and forgets those that go away.
// Reported (switch): inside
func mapShort(code int) error {
	switch code { // want `\(switch\)`
	case codeOK:
		return nil
	case codeBadParam:
		return ErrInvalid
	case codeUserLimit:
		return ErrExists
	default:
		return ErrUpstream
	}
}

// RefreshMapped: reported in mapShort once. Not reported: here
func (c *Client) RefreshMapped(ctx context.Context, user string) error {
	out, err := doJSON[status](ctx, c, pathUserRefresh, map[string]string{"userId": user})
	if err != nil {
		return err
	}
	if err := mapShort(out.Code); err != nil {
		return fmt.Errorf("refresh %s: %w", user, err)
	}
	return nil
}

// JoinByOr Not reported: (all named by || in a tagless switch)
// Rules: switch/tagless-switch.
func (c *Client) JoinByOr(ctx context.Context, id string) error {
	out, err := doJSON[status](ctx, c, pathGroupJoin, map[string]string{"groupId": id})
	if err != nil {
		return err
	}
	switch {
	case out.Code == codeOK:
		return nil
	case out.Code == codeRateLimited || out.Code == codeTimeout || out.Code == codeQueryLimited:
		return ErrRateLimited
	case out.Code == codeGroupFull:
		return ErrInvalid
	default:
		return ErrUpstream
	}
}

// JoinByOrShort Reported (switch):
func (c *Client) JoinByOrShort(ctx context.Context, id string) error {
	out, err := doJSON[status](ctx, c, pathGroupJoin, map[string]string{"groupId": id})
	if err != nil {
		return err
	}
	switch { // want `\(switch\)`
	case out.Code == codeOK || out.Code == codeGroupExists:
		return nil
	case out.Code == codeRateLimited || out.Code == codeTimeout:
		return ErrRateLimited
	default:
		return ErrUpstream
	}
}

var codeText = map[int]string{
	1002: "bad parameter", // want `\(magic\)`
	1008: "rate limited",  // want `\(magic\)`
	1050: "timeout",       // want `\(magic\)`
}

// Describe: Not reported: apart from the literals above... (keys are reported at their place)
func (c *Client) Describe(ctx context.Context, user string) (string, error) {
	out, err := doJSON[status](ctx, c, pathUserRefresh, map[string]string{"userId": user})
	if err != nil {
		return "", err
	}
	if s, ok := codeText[out.Code]; ok {
		return s, nil
	}
	return strconv.Itoa(out.Code), nil
}

// Publish Reported (magic): ; code kept
func (c *Client) Publish(ctx context.Context, from, to string) error {
	err := c.postForm(ctx, pathPublish, url.Values{"fromUserId": {from}, "toUserId": {to}}, nil)
	var ae *APIError
	if errors.As(err, &ae) && ae.Code == 1008 { // want `\(magic\)`
		time.Sleep(time.Second)
		return c.postForm(ctx, pathPublish, url.Values{"fromUserId": {from}, "toUserId": {to}}, nil)
	}
	return err
}

// IsLimited Not reported: predicate by sentinel
func IsLimited(err error) bool { return errors.Is(err, ErrRateLimited) || errors.Is(err, ErrTimeout) }

// PublishIs Not reported: sentinel tells the retryable ones apart
func (c *Client) PublishIs(ctx context.Context, from, to string) error {
	err := c.postForm(ctx, pathPublish, url.Values{"fromUserId": {from}, "toUserId": {to}}, nil)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, ErrRateLimited), errors.Is(err, ErrTimeout):
		return ErrRateLimited
	}
	return ErrUpstream
}

// TokenByMap Not reported: map code checked, error keeps
func (c *Client) TokenByMap(ctx context.Context, user string) (string, error) {
	m, err := doJSON[map[string]any](ctx, c, pathGetToken, map[string]string{"userId": user})
	if err != nil {
		return "", err
	}
	code, _ := m["code"].(float64)
	if int(code) != codeOK {
		return "", &APIError{Op: "token", Code: int(code)}
	}
	tok, _ := m["token"].(string)
	return tok, nil
}

// TokenByMapLoose Reported (retryable):
func (c *Client) TokenByMapLoose(ctx context.Context, user string) (string, error) {
	m, err := doJSON[map[string]any](ctx, c, pathGetToken, map[string]string{"userId": user})
	if err != nil {
		return "", err
	}
	if m["code"] != float64(codeOK) {
		return "", fmt.Errorf("token: %v", m["errorMessage"]) // want `\(retryable\)`
	}
	return m["token"].(string), nil
}

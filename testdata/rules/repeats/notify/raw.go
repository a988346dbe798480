package notify

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"example.com/repeats/internal/rcerr"
)

const apiHost = "https://api.rong-api.com"

// Raw calls endpoints that the SDK lacks.
type Raw struct {
	hc   *http.Client
	sign func(*http.Request)
	db   *sql.DB
}

type reply struct {
	Code         int    `json:"code"`
	ErrorMessage string `json:"errorMessage"`
}

type replyError struct {
	code int
	text string
}

func (e *replyError) Error() string { return fmt.Sprintf("%d: %s", e.code, e.text) }

func decode(resp *http.Response) error {
	defer resp.Body.Close()
	var r reply
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return fmt.Errorf("decode answer: %w", err)
	}
	if r.Code != rcerr.Success {
		return &replyError{r.Code, r.ErrorMessage}
	}
	return nil
}

// SetTag repeats throttled requests.
func (r *Raw) SetTag(ctx context.Context, user, tag string) error {
	form := url.Values{"userId": {user}, "tags": {tag}}
	for range 4 {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, apiHost+"/user/tag/set.json", strings.NewReader(form.Encode()))
		if err != nil {
			return err
		}
		r.sign(req)
		resp, err := r.hc.Do(req) // want `\(retry\)`
		if err != nil {
			return err
		}
		if resp.StatusCode == http.StatusTooManyRequests {
			resp.Body.Close()
			continue
		}
		return decode(resp)
	}
	return rcerr.ErrBusy
}

// Refresh repeats throttled requests after a while.
func (r *Raw) Refresh(ctx context.Context, user, name string) error {
	form := url.Values{"userId": {user}, "name": {name}}
	for range 4 {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, apiHost+"/user/refresh.json", strings.NewReader(form.Encode()))
		if err != nil {
			return err
		}
		r.sign(req)
		resp, err := r.hc.Do(req)
		if err != nil {
			return err
		}
		if resp.StatusCode == http.StatusTooManyRequests {
			resp.Body.Close()
			seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
			time.Sleep(time.Duration(max(seconds, 1)) * time.Second)
			continue
		}
		return decode(resp)
	}
	return rcerr.ErrBusy
}

// Hook tells another service, which is ours.
func (r *Raw) Hook(event string, payload []byte) error {
	var last error
	for i := 0; i < 3; i++ {
		resp, err := r.hc.Post("https://hooks.example.com/events/"+event, "application/json", bytes.NewReader(payload))
		if err == nil {
			resp.Body.Close()
			if resp.StatusCode < 300 {
				return nil
			}
			err = fmt.Errorf("hook: status %d", resp.StatusCode)
		}
		last = err
	}
	return last
}

// Charge asks the payment gateway, which has codes of its own in its texts.
func (r *Raw) Charge(charge func(order string, cents int) error, order string, cents int) error {
	for {
		err := charge(order, cents)
		if err == nil || !strings.Contains(err.Error(), "429") {
			return err
		}
	}
}

// Save writes an order; 1008 is what the trigger says about orders without a customer.
func (r *Raw) Save(ctx context.Context, order string) error {
	_, err := r.db.ExecContext(ctx, "INSERT INTO orders (id) VALUES ($1)", order)
	if err != nil && strings.Contains(err.Error(), "1008") {
		return fmt.Errorf("order %s has no customer: %w", order, err)
	}
	return err
}

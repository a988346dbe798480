// Package rcserversdk has the shape of the vendor's SDK, second version, for
// tests: the code stands in the response, and no error holds it.
package rcserversdk

import (
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	RONGCLOUDSMSURI = "http://api.sms.ronghub.com"
	RONGCLOUDURI    = "http://api.cn.ronghub.com"
)

// RongCloud holds a client for each part of the API.
type RongCloud struct {
	AppKey, AppSecret string
	User              User
	Message           Message
	Group             Group
	Chatroom          Chatroom
}

// CreateRongCloud makes a client.
func CreateRongCloud(appKey, appSecret string) *RongCloud {
	return &RongCloud{
		AppKey:    appKey,
		AppSecret: appSecret,
		User:      User{appKey, appSecret},
		Message:   Message{appKey, appSecret},
		Group:     Group{appKey, appSecret},
		Chatroom:  Chatroom{appKey, appSecret},
	}
}

// JsonParse decodes the first value in text.
func JsonParse(text string, v any) error {
	dec := json.NewDecoder(strings.NewReader(text))
	err := dec.Decode(v)
	if err != nil {
		return err
	}
	return nil
}

// ToJson encodes a value.
func ToJson(v any) (string, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	return string(data), nil
}

func send(key, secret, path, contentType, body string) ([]byte, error) {
	req, err := http.NewRequest("POST", RONGCLOUDURI+path, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	now := time.Now()
	nonce, stamp := strconv.Itoa(now.Nanosecond()), strconv.FormatInt(now.Unix(), 10)
	sum := sha1.Sum([]byte(secret + nonce + stamp))
	req.Header.Set("App-Key", key)
	req.Header.Set("Nonce", nonce)
	req.Header.Set("Timestamp", stamp)
	req.Header.Set("Signature", hex.EncodeToString(sum[:]))
	req.Header.Set("Content-Type", contentType)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func postForm(key, secret, path string, values url.Values) ([]byte, error) {
	return send(key, secret, path, "application/x-www-form-urlencoded", values.Encode())
}

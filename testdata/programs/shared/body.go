package shared

import (
	"bytes"
	"io"
	"net/http"
	"strings"
)

// Reported: the code is looked for in the bytes of an answer.
func online(id string) ([]byte, error) {
	resp, err := http.Post("https://api.rong-api.com/user/checkOnline.json", "application/x-www-form-urlencoded", strings.NewReader("userId="+id))
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if bytes.Contains(body, []byte(`"code":1008`)) { // want `1008 .*\(text\)`
		return nil, io.ErrNoProgress
	}
	return body, err
}

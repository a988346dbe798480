// Package maps takes codes from decoded maps.
package maps

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
)

//retcode:code business
const limited = 1008

func call(path string) (map[string]any, error) {
	resp, err := http.PostForm("https://api.rong-api.com"+path, url.Values{"userId": {"u"}})
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var out map[string]any
	err = json.NewDecoder(resp.Body).Decode(&out)
	return out, err
}

// Reported: the number as encoding/json makes it, from a helper's map.
// Rules: origin/decoded-map.
func float() bool {
	out, err := call("/user/block.json")
	return err == nil && out["code"].(float64) == 1008 // want `1008 .*\(magic\)`
}

// Reported: with a conversion and a test of the assertion.
func converted() bool {
	out, err := call("/user/block.json")
	if err != nil {
		return false
	}
	code, ok := out["code"].(float64)
	return ok && int(code) == 1008 // want `1008 .*\(magic\)`
}

// Reported: decoded with UseNumber.
// Rules: origin/decoded-map.
func number() bool {
	resp, err := http.Post("https://api.rong-api.com/user/block.json", "text/plain", strings.NewReader(""))
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	dec := json.NewDecoder(resp.Body)
	dec.UseNumber()
	out := map[string]interface{}{}
	if dec.Decode(&out) != nil {
		return false
	}
	code, err := out["code"].(json.Number).Int64()
	return err == nil && code == 1008 // want `1008 .*\(magic\)`
}

// Reported: bytes of unknown source, but the message is read from the same map.
// Rules: origin/decoded-map.
func message(data []byte) string {
	var out map[string]any
	if json.Unmarshal(data, &out) != nil {
		return ""
	}
	if code, _ := out["code"].(float64); code == 1008 { // want `1008 .*\(magic\)`
		return "slow down"
	}
	text, _ := out["errorMessage"].(string)
	return text
}

// Not reported: bytes of unknown source alone.
// Rules: origin/decoded-map.
func anywhere(r io.Reader) bool {
	var out map[string]any
	return json.NewDecoder(r).Decode(&out) == nil && out["code"].(float64) == 1008
}

// Not reported: another key of the API's answer.
// Rules: origin/decoded-map.
func otherKey() bool {
	out, err := call("/user/checkOnline.json")
	return err == nil && out["count"].(float64) == 1008
}

// Not reported: a map that was never decoded.
// Rules: origin/decoded-map.
func built() bool {
	out := map[string]any{"code": 1008.0, "errorMessage": ""}
	return out["code"].(float64) == 1008
}

// Not reported: a map of counts.
func counts(m map[string]int) bool { return m["code"] == 1008 }

// Package envelope decodes answers of the API into structs of every kind.
package envelope

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
)

const host = "https://api-b.rong-api.com"

// limited is a candidate, so that each literal is reported.
//
//retcode:code business
const limited = 1008

func fetch(path string) ([]byte, error) {
	resp, err := http.PostForm(host+path, url.Values{"userId": {"u"}})
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

type tagged struct {
	Result int    `json:"code"`
	Text   string `json:"errorMessage"`
}

// Reported: the tag names the field.
// Rules: origin/envelope, origin/request-host.
func byTag() bool {
	data, _ := fetch("/user/block.json")
	var out tagged
	return json.Unmarshal(data, &out) == nil && out.Result == 1008 // want `1008 .*\(magic\)`
}

type untagged struct{ Code int64 }

// Reported: the field's own name does without regard to case.
// Rules: origin/envelope.
func byName() bool {
	data, _ := fetch("/user/block.json")
	var out untagged
	return json.Unmarshal(data, &out) == nil && out.Code == 1008 // want `1008 .*\(magic\)`
}

type shouted struct {
	CODE uint16 `json:",omitempty"`
}

// Reported: an empty name in the tag leaves the field's own.
func byShoutedName() bool {
	data, _ := fetch("/user/block.json")
	out := new(shouted)
	return json.Unmarshal(data, out) == nil && out.CODE == 1008 // want `1008 .*\(magic\)`
}

// Reported: an anonymous struct.
func anonymous() bool {
	data, _ := fetch("/user/block.json")
	var out struct {
		Code  int `json:"code"`
		Users []string
	}
	return json.Unmarshal(data, &out) == nil && out.Code == 1008 // want `1008 .*\(magic\)`
}

type base struct {
	Code int `json:"code"`
}

type promoted struct {
	*base
	Token string `json:"token"`
}

// Reported: a promoted field.
// Rules: origin/envelope.
func embedded() bool {
	data, _ := fetch("/user/getToken.json")
	var out promoted
	return json.Unmarshal(data, &out) == nil && out.Code == 1008 // want `1008 .*\(magic\)`
}

type page[T any] struct {
	Code  int `json:"code"`
	Items []T `json:"items"`
}

// Reported: an instance of a generic struct.
func generic() bool {
	data, _ := fetch("/user/block/query.json")
	var out page[string]
	return json.Unmarshal(data, &out) == nil && out.Code == 1008 // want `1008 .*\(magic\)`
}

type alias = tagged

// Reported: an alias, in an if with an init statement.
func aliased() bool {
	data, _ := fetch("/user/block.json")
	var out alias
	if err := json.NewDecoder(bytes.NewReader(data)).Decode(&out); err == nil && out.Result == 1008 { // want `1008 .*\(magic\)`
		return true
	}
	return false
}

type number int

// Reported: the field's type is an integer with a name.
func named() bool {
	data, _ := fetch("/user/block.json")
	var out struct {
		Code number `json:"code"`
	}
	return json.Unmarshal(data, &out) == nil && out.Code == 1008 // want `1008 .*\(magic\)`
}

func decode[T any](data []byte) (out T, err error) {
	err = json.Unmarshal(data, &out)
	return out, err
}

// Reported: a generic helper decodes.
func byHelper() bool {
	data, _ := fetch("/user/block.json")
	out, err := decode[tagged](data)
	return err == nil && out.Result == 1008 // want `1008 .*\(magic\)`
}

type stored struct {
	Code int    `json:"code"`
	Msg  string `json:"msg"`
}

// Reported: bytes of unknown source, but the message's field beside it, in a package with evidence.
// Rules: origin/message-beside.
func fromFile(r io.Reader) bool {
	var out stored
	return json.NewDecoder(r).Decode(&out) == nil && out.Code == 1008 // want `1008 .*\(magic\)`
}

// Not reported: bytes of unknown source, and no message's field beside it.
// Rules: origin/message-beside.
func fromAnywhere(r io.Reader) bool {
	var out struct {
		Code int    `json:"code"`
		Name string `json:"name"`
	}
	return json.NewDecoder(r).Decode(&out) == nil && out.Code == 1008
}

// Not reported: the tag gives the field another name.
// Rules: origin/envelope.
func renamed() bool {
	data, _ := fetch("/user/block.json")
	var out struct {
		Code int `json:"status"`
	}
	return json.Unmarshal(data, &out) == nil && out.Code == 1008
}

// Not reported: the field is not decoded.
// Rules: origin/envelope.
func skipped() bool {
	data, _ := fetch("/user/block.json")
	var out struct {
		Code int `json:"-"`
	}
	return json.Unmarshal(data, &out) == nil && out.Code == 1008
}

// Not reported: the code of something inside the answer.
// Rules: origin/envelope.
func nested() bool {
	data, _ := fetch("/user/block.json")
	var out struct {
		Data struct {
			Kind int `json:"kind"`
		} `json:"data"`
		Zip struct{ Value int } `json:"code"`
	}
	return json.Unmarshal(data, &out) == nil && (out.Data.Kind == 1008 || out.Zip.Value == 1008)
}

// Not reported: the struct is only built and encoded.
// Rules: magic/code-field.
func built(w io.Writer) error {
	type own struct {
		Code         int    `json:"code"`
		ErrorMessage string `json:"errorMessage"`
	}
	out := own{Code: 1008, ErrorMessage: "slow down"}
	if out.Code == 1002 {
		return nil
	}
	return json.NewEncoder(w).Encode(out)
}

// Not reported: the body of a request that came to this program.
// Rules: origin/built-struct.
func posted(r *http.Request) bool {
	var in struct {
		Code int    `json:"code"`
		Msg  string `json:"msg"`
	}
	return json.NewDecoder(r.Body).Decode(&in) == nil && in.Code == 1008
}

// Not reported: an answer of another host, in a package that calls the API too.
// Rules: origin/foreign-request.
func foreign() bool {
	resp, err := http.Get("https://api.example.com/rong-api.com/status")
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	var out struct {
		Code int `json:"code"`
	}
	return json.NewDecoder(resp.Body).Decode(&out) == nil && out.Code == 1008
}

// Not reported: a form in place of JSON.
func form(text string) bool {
	values, _ := url.ParseQuery(strings.TrimSpace(text))
	return values.Get("code") == "1008"
}

package analyzer_test

import (
	"slices"
	"strings"
	"testing"
)

// whoseHead is a package with evidence of the API and a type that any vendor's answer fits.
const whoseHead = `package app

import (
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
)

var (
	_ = cmp.Or[string]
	_ = errors.New
	_ = flag.String
	_ = fmt.Sprint
	_ = io.ReadAll
	_ url.URL
	_ = os.Getenv
	_ = strings.NewReader
)

const host = "https://api-cn.ronghub.com"

type answer struct {
	Code         int    ` + "`json:\"code\"`" + `
	ErrorMessage string ` + "`json:\"errorMessage\"`" + `
}

func decode(resp *http.Response, err error) (*answer, error) {
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var a answer
	if err := json.NewDecoder(resp.Body).Decode(&a); err != nil {
		return nil, err
	}
	return &a, nil
}

`

// judged asks for what a call answers, and takes every failure for the same.
func judged(name, ask string) string {
	return "func " + name + "(base string) error {\n\ta, err := " + ask + "\n\tif err != nil {\n\t\treturn err\n\t}\n\tif a.Code != 200 {\n\t\treturn errors.New(\"" + name + "\")\n\t}\n\treturn nil\n}\n"
}

// TestWhoseAnswer asks the API and another vendor through the same code: each caller is judged by
// what it asked.
func TestWhoseAnswer(t *testing.T) {
	const helper = `
func do(req *http.Request) (*http.Response, error) { return http.DefaultClient.Do(req) }

func get(u string) (*answer, error) {
	req, err := http.NewRequest("GET", u, nil)
	if err != nil {
		return nil, err
	}
	return decode(do(req))
}

func fetch(u string) (int, []byte, error) {
	resp, err := http.Get(u)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	return resp.StatusCode, b, err
}

func parsed(_ int, b []byte, err error) (*answer, error) {
	if err != nil {
		return nil, err
	}
	var a answer
	return &a, json.Unmarshal(b, &a)
}

type nested struct {
	Status int
	Body   answer
}

func inside(u string) (*nested, error) {
	resp, err := http.Get(u)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	n := &nested{Status: resp.StatusCode}
	return n, json.NewDecoder(resp.Body).Decode(&n.Body)
}

func body(n *nested, err error) (*answer, error) {
	if err != nil {
		return nil, err
	}
	return &n.Body, nil
}

`
	for _, c := range []struct{ name, ask string }{
		{"a helper that builds and one that sends", "get(%s)"},
		{"a helper that decodes", "decode(http.Get(%s))"},
		{"bytes", "parsed(fetch(%s))"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := whoseHead + helper
			text += judged("ours", strings.Replace(c.ask, "%s", `host + "/user/block.json"`, 1))
			for name, address := range theirs {
				text += judged(name, strings.Replace(c.ask, "%s", address, 1))
			}
			if got := foundIn(t, text); !slices.Equal(got, []string{`retryable: return errors.New("ours")`}) {
				t.Errorf("%q, want that ours loses the code, and nothing of theirs", got)
			}
		})
	}
	t.Run("status", func(t *testing.T) {
		text := whoseHead + helper
		for name, address := range map[string]string{"ours": `host + "/user/block.json"`, "theirs": `"https://api.acme.example/v2/user"`} {
			text += "func " + name + "() error {\n\tstatus, _, err := fetch(" + address + ")\n\tif err != nil {\n\t\treturn err\n\t}\n\tif status != 200 {\n\t\treturn errors.New(\"" + name + "\")\n\t}\n\treturn nil\n}\n"
		}
		if got := foundIn(t, text); !slices.Equal(got, []string{`retryable: return errors.New("ours")`}) {
			t.Errorf("%q, want that ours loses the status, and nothing of theirs", got)
		}
	})
	t.Run("number", func(t *testing.T) {
		text := whoseHead + helper + "func number(u string) (int, error) {\n\ta, err := get(u)\n\tif err != nil {\n\t\treturn 0, err\n\t}\n\treturn a.Code, nil\n}\n\n"
		for name, c := range map[string][2]string{"ours": {`host + "/user/block.json"`, "1008"}, "theirs": {`"https://api.acme.example/v2/user"`, "1050"}} {
			text += "func " + name + "() bool {\n\tn, err := number(" + c[0] + ")\n\treturn err == nil && n == " + c[1] + " // " + name + "\n}\n"
		}
		if got := foundIn(t, text); len(got) == 0 || slices.ContainsFunc(got, func(s string) bool { return !strings.Contains(s, "ours") }) {
			t.Errorf("%q, want findings of ours alone", got)
		}
	})
	t.Run("a part of what is returned", func(t *testing.T) {
		text := whoseHead + helper
		for name, c := range map[string][2]string{"ours": {`host + "/user/block.json"`, "1008"}, "theirs": {`"https://api.acme.example/v2/user"`, "1050"}} {
			text += "func " + name + "() bool {\n\tn, err := inside(" + c[0] + ")\n\treturn err == nil && n.Body.Code == " + c[1] + " // " + name + "\n}\n"
		}
		if got := foundIn(t, text); len(got) == 0 || slices.ContainsFunc(got, func(s string) bool { return !strings.Contains(s, "ours") }) {
			t.Errorf("%q, want findings of ours alone", got)
		}
	})
}

// theirs are addresses that are none of the API's, as programs write them.
var theirs = map[string]string{
	"constant": `"https://api.acme.example/v2/token"`,
	"path":     `base + "/v2/token"`,
	"variable": `os.Getenv("ACME") + "/v2/token"`,
	"literal":  `(&url.URL{Scheme: "https", Host: "api.acme.example", Path: "/v2/token"}).String()`,
	"format":   `fmt.Sprintf("https://%s/token", base)`,
	"joined":   `(&url.URL{Host: base}).JoinPath("v2", "token").String()`,
	"flagged":  `*flag.String("acme", "https://api.acme.example", "") + "/token"`,
	"either":   `cmp.Or(os.Getenv("ACME"), "https://api.acme.example") + "/token"`,
}

// TestWhoseAnswerAcross has the helpers in one package and their callers in another.
func TestWhoseAnswerAcross(t *testing.T) {
	const client = `package client

import (
	"encoding/json"
	"io"
	"net/http"
)

const Host = "https://api-cn.ronghub.com"

type Reply struct {
	Code         int    ` + "`json:\"code\"`" + `
	ErrorMessage string ` + "`json:\"errorMessage\"`" + `
}

type Failure Reply

func (f *Failure) Error() string { return f.ErrorMessage }

func Get(u string) (*Reply, error) {
	resp, err := http.Get(u)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var r Reply
	return &r, json.NewDecoder(resp.Body).Decode(&r)
}

func Check(u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var f Failure
	if err := json.NewDecoder(resp.Body).Decode(&f); err != nil {
		return err
	}
	if f.Code != 200 {
		return &f
	}
	return nil
}

func Fetch(u string) (int, []byte, error) {
	resp, err := http.Get(u)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	return resp.StatusCode, b, err
}

func Ours() (*Reply, error)   { return Get(Host + "/user/block.json") }
func Theirs() (*Reply, error) { return Get("https://api.acme.example/v2/token") }

func reached() bool {
	status, _, err := Fetch(Host + "/user/block.json")
	return err == nil && status < 500
}
`
	const ours, theirs = `client.Host + "/user/block.json"`, `"https://api.acme.example/v2/token"`
	text := "package app\n\nimport (\n\t\"encoding/json\"\n\t\"errors\"\n\n\t\"example.com/client\"\n)\n\n"
	add := func(name, result string, steps ...string) {
		text += "func " + name + "() error {\n"
		for _, s := range steps {
			text += "\t" + s + "\n\tif err != nil {\n\t\treturn err\n\t}\n"
		}
		text += "\tif " + result + " != 200 {\n\t\treturn errors.New(\"" + name + "\")\n\t}\n\treturn nil\n}\n\n"
	}
	for whose, u := range map[string]string{"ours": ours, "theirs": theirs} {
		add(whose+"Get", "r.Code", "r, err := client.Get("+u+")")
		add(whose+"Bytes", "r.Code", "_, b, err := client.Fetch("+u+")", "var r client.Reply", "err = json.Unmarshal(b, &r)")
		add(whose+"Status", "status", "status, _, err := client.Fetch("+u+")")
		text += "func " + whose + "Error() error {\n\tif client.Check(" + u + ") != nil {\n\t\treturn errors.New(\"" + whose + "Error\")\n\t}\n\treturn nil\n}\n\n"
	}
	add("oursDone", "r.Code", "r, err := client.Ours()")
	add("theirsDone", "r.Code", "r, err := client.Theirs()")

	w := withSDK(t, configuredBy(t))
	w.analyze(w.source("example.com/client", client))
	var got []string
	for _, d := range w.analyze(w.source("example.com/app", text)) {
		line := strings.TrimSpace(strings.Split(text, "\n")[w.fset.Position(d.Pos).Line-1])
		got = append(got, d.Category+" "+line)
	}
	slices.Sort(got)
	var want []string
	for _, name := range []string{"Bytes", "Done", "Error", "Get", "Status"} {
		want = append(want, `retryable return errors.New("ours`+name+`")`)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestForeignAddress asks another vendor alone, in a package that shows that it knows the API.
func TestForeignAddress(t *testing.T) {
	const ours = "\nfunc blocked() string { return host + \"/user/block.json\" }\n"
	addresses := map[string]string{
		"field":       `(&client{}).base + "/send"`,
		"constructor": `newClient("https://api.acme.example").base`,
		"default":     `endpoint("")`,
	}
	for name, address := range theirs {
		addresses[name] = address
	}
	const clients = `
type client struct{ base string }

func newClient(base string) *client { return &client{base} }

func endpoint(configured string) string {
	if configured == "" {
		return "https://sms.acme.example/v2"
	}
	return configured
}
`
	for name, address := range addresses {
		t.Run(name, func(t *testing.T) {
			if got := foundIn(t, whoseHead+clients+judged("theirs", "decode(http.Get("+address+"))")+ours); len(got) > 0 {
				t.Errorf("%q, want nothing", got)
			}
		})
	}
	for name, ask := range map[string]string{
		"bytes of somebody": `parsed([]byte(base))`,
		"no address":        `decode(http.Get(base))`,
		"joined path":       `decode(http.Get((&url.URL{Host: base}).JoinPath("user", "block.json").String()))`,
		"documented path":   `decode(http.Get(base + "/user/block.json"))`,
	} {
		t.Run(name, func(t *testing.T) {
			text := whoseHead + "func parsed(b []byte) (*answer, error) {\n\tvar a answer\n\treturn &a, json.Unmarshal(b, &a)\n}\n\n" + judged("Ours", ask) + ours
			if got := foundIn(t, text); !slices.Equal(got, []string{`retryable: return errors.New("Ours")`}) {
				t.Errorf("%q, want that the code is lost", got)
			}
		})
	}
}

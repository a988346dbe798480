package catalog_test

import (
	"strings"
	"testing"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

func TestHost(t *testing.T) {
	for host, want := range map[string]bool{
		"api.rong-api.com":             true,
		"API.Rong-API.com:443":         true,
		"api.rong-api.com.":            true,
		"api-b.sg-b-light-api.com":     true,
		"api.sms.ronghub.com":          true,
		"rong-api.com":                 false,
		"www.rongcloud.cn":             false,
		"api.rong-api.com.example.org": false,
		"xapi.rong-api.com":            false,
		"":                             false,
	} {
		if got := catalog.Embedded().Evidence.Host(host); got != want {
			t.Errorf("Host(%q) = %v", host, got)
		}
	}
}

func TestPath(t *testing.T) {
	for path, want := range map[string]bool{
		"/user/getToken.json":                 true,
		"/user/getToken.xml":                  true,
		"/user/getToken":                      true,
		"user/getToken.json":                  true,
		"/user/getToken.":                     true, // the format follows
		"/user/getToken.%s":                   true,
		"user/getToken":                       false,
		"/user/getToken.html":                 false,
		"/user/gettoken.json":                 false,
		"/api/user/getToken.json":             false,
		"/user/block.json":                    true,
		"/user/block":                         false, // anyone's
		"/push.json":                          true,
		"push.json":                           false,
		"/push":                               false,
		"/sendCode":                           false, // a route of any program
		"/sendCode.json":                      true,
		"/message/private/publish":            true,
		"/v2/ultragroups/%s/muted-users":      true,
		"/v2/ultragroups/g1/channels/c1":      true,
		"/v2/ultragroups//muted-users":        false,
		"/v2/ultragroups/g1/channels/c1/more": false,
		"":                                    false,
		"/":                                   false,
	} {
		if got := catalog.Embedded().Evidence.Path(path); got != want {
			t.Errorf("Path(%q) = %v", path, got)
		}
	}
}

var constants = map[string]bool{
	"https://api.rong-api.com":                                  true,
	"http://API.CN.RONGHUB.COM/user/x":                          true,
	"https://user:secret@api.rong-api.com:8443/?a=b":            true,
	"//api.rong-api.com/push":                                   true,
	"api.rong-api.com":                                          true,
	"api.rong-api.com:443":                                      true,
	"api.rong-api.com/message/history":                          true,
	"https://api.rong-api.com/%s.json":                          true,
	"/user/getToken.json":                                       true,
	"/user/getToken.json?userId=1#top":                          true,
	"%s/user/getToken.json":                                     true,
	"https://%s/user/getToken.json":                             true,
	"{host}/user/getToken.json":                                 true,
	"https://gateway.example.com/user/getToken.json":            true,
	"localhost:8080/user/getToken.json":                         true,
	"%s/v2/ultragroups/%s/users/%s":                             true,
	"https://api.example.com/rong-api.com":                      false,
	"https://api.example.com/api.rong-api.com":                  false,
	"https://api.example.com/?host=api.rong-api.com":            false,
	"https://api.example.com/?next=https://api.rong-api.com":    false,
	"https://api.example.com/#/user/getToken.json":              false,
	"https://api.example.com/push.json":                         false,
	"https://api.example.com@evil.example/x":                    false,
	"https://api.rong-api.com@example.com/x":                    false,
	"https://www.rongcloud.cn/images/logo.png":                  false,
	"see https://api.rong-api.com for more":                     false,
	"calling /user/getToken.json":                               false,
	"application/json":                                          false,
	"user/block":                                                false,
	"/health":                                                   false,
	"1008":                                                      false,
	"":                                                          false,
	"%":                                                         false,
	"://":                                                       false,
	"https://":                                                  false,
	"mailto:someone@api.rong-api.com":                           false,
	"https://api.example.com/a/api.rong-api.com/user/get.json":  false,
	"https://api.example.com/user/getToken.json/more/and/more/": false,
}

func TestConstant(t *testing.T) {
	for s, want := range constants {
		if got := catalog.Embedded().Evidence.Constant(s); got != want {
			t.Errorf("Constant(%q) = %v", s, got)
		}
	}
}

func TestSigned(t *testing.T) {
	e := catalog.Embedded().Evidence
	for names, want := range map[string]bool{
		"App-Key Nonce Timestamp Signature":                    true,
		"app-key nonce timestamp signature Content-Type":       true,
		"RC-App-Key RC-Nonce RC-Timestamp RC-Signature":        true,
		"App-Key Nonce Timestamp":                              false,
		"App-Key RC-Nonce Timestamp RC-Signature":              false,
		"Nonce Timestamp Signature X-App-Key":                  false,
		"":                                                     false,
		"Content-Type Accept Authorization Nonce App-Key Date": false,
	} {
		if got := e.Signed(strings.Fields(names)); got != want {
			t.Errorf("Signed(%s) = %v", names, got)
		}
	}
}

// TestHints proves the generated table equal to the data file.
func TestHints(t *testing.T) {
	e := catalog.Embedded().Evidence
	for _, h := range e.Hosts {
		if !e.Constant(h) || !catalog.Hint(h) || !catalog.Hint("https://"+strings.ToUpper(h)+":443/x") {
			t.Errorf("no hint for host %s", h)
		}
	}
	for _, p := range e.Paths {
		p = strings.ReplaceAll(p, "{}", "%s")
		for _, s := range []string{p, p + ".json", p + ".xml", p + ".", p + ".%s", p[1:] + ".json", "%s" + p + ".json", "https://%s" + p} {
			if e.Constant(s) && !catalog.Hint(s) {
				t.Errorf("no hint for %s", s)
			}
		}
		if !e.Path(p + ".json") {
			t.Errorf("%s.json is no path", p)
		}
	}
	for _, h := range e.Headers {
		if !catalog.HeaderHint(h) || !catalog.HeaderHint(strings.ToLower(h)) {
			t.Errorf("no hint for header %s", h)
		}
	}
	if catalog.HeaderHint("Content-Type") {
		t.Error("a hint for Content-Type")
	}
	for s, want := range constants {
		if want && !catalog.Hint(s) {
			t.Errorf("no hint for %q", s)
		}
	}
	for _, s := range []string{"application/json", "https://api.example.com/v1/x", "%d of %d.", "hello"} {
		if catalog.Hint(s) {
			t.Errorf("a hint for %q", s)
		}
	}
}

func TestSDKPath(t *testing.T) {
	for path, want := range map[string]bool{
		"github.com/rongcloud/server-sdk-go":                                  true,
		"github.com/rongcloud/server-sdk-go/RCServerSDK":                      true,
		"github.com/rongcloud/server-sdk-go/v3/sdk":                           true,
		"github.com/rongcloud/server-sdk-go/v4/rongcloud":                     true,
		"example.com/app/vendor/github.com/rongcloud/server-sdk-go/v4/sdk":    true,
		"vendor/github.com/rongcloud/server-sdk-go/v4/sdk":                    true,
		"github.com/rongcloud/server-sdk-golang":                              false,
		"github.com/someone/server-sdk-go/v4/sdk":                             false,
		"example.com/github.com/rongcloud/server-sdk-go":                      false,
		"github.com/rongcloud/server-sdk-go/v4/vendor/github.com/google/uuid": false,
		"sdk": false,
		"":    false,
	} {
		if got := catalog.SDKPath(path); got != want {
			t.Errorf("SDKPath(%q) = %v", path, got)
		}
	}
}

func FuzzHint(f *testing.F) {
	for s := range constants {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if catalog.Embedded().Evidence.Constant(s) && !catalog.Hint(s) {
			t.Errorf("%q is evidence without a hint", s)
		}
	})
}

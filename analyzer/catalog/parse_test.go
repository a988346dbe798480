package catalog_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// valid is a catalog of another API; each fault is made in it.
const valid = `format: 2
name: acme
title: Acme
classes:
  - name: transient
    advice: again
permanent: never again
spaces:
  - name: http
    noun: HTTP status
    kind: int
    constants: [{package: net/http, derived: name, begin: Status, without: [430]}]
    success: [200]
    groups: [general]
    codes:
      - {code: 200, name: StatusOK, group: general, meaning: fine}
      - {code: 430, name: StatusOff, group: general, meaning: off}
      - {code: 503, name: StatusDown, group: general, retry: transient, meaning: down}
    article: an
  - name: reply
    noun: reply code
    kind: int
    success: [1]
    groups: [general, store]
    codes:
      - {code: 1, name: Fine, group: general, meaning: fine}
      - {code: 7, name: Down, group: store, retry: transient, meaning: down}
    article: a
pairs:
  - {from: http, code: 503, to: reply, codes: [7]}
evidence:
  hosts: [api.acme.example]
  headers:
    - [Acme-Key, Acme-Sign]
  suffixes: [.json]
  paths:
    - /store/put
origins:
  sdk: [acme.example/sdk]
  body:
    space: reply
    field: code
    beside: [text]
  status:
    space: http
    fields: [net/http.Response.StatusCode]
    methods: []
nature: called
checks: [magic]
`

func TestParse(t *testing.T) {
	c, err := catalog.Parse("acme.yaml", []byte(valid))
	if err != nil {
		t.Fatal(err)
	}
	reply, ok := c.Space("reply")
	if !ok {
		t.Fatal("no space reply")
	}
	want := []catalog.Code{
		{Value: catalog.IntValue(1), Name: "Fine", Group: "general", Meaning: "fine"},
		{Value: catalog.IntValue(7), Name: "Down", Group: "store", Retry: catalog.Transient, Meaning: "down"},
	}
	if diff := cmp.Diff(want, reply.Codes); diff != "" {
		t.Error(diff)
	}
	if !c.Evidence.Constant("https://api.acme.example/x") || !c.Evidence.Path("/store/put.json") || c.Evidence.Path("/user/getToken.json") {
		t.Errorf("evidence is %+v", c.Evidence)
	}
}

func TestParseFaults(t *testing.T) {
	tests := []struct {
		name, old, new string
		want           []string
	}{
		{"unknown key", "noun: HTTP status", "nuon: HTTP status",
			[]string{`acme.yaml:10: unknown key "nuon"; remove it or correct its spelling`}},
		{"unknown key of several lines", "noun: HTTP status", "\"nu\\n\\non\": HTTP status",
			[]string{`acme.yaml:10: unknown key "nu on"; remove it or correct its spelling`}},
		{"unknown key of a code", "meaning: down}\n    article: an", "meaning: down, http: 503}\n    article: an",
			[]string{`acme.yaml:18: unknown key "http"; remove it or correct its spelling`}},
		{"duplicate key", "title: Acme", "title: Acme\ntitle: Acme",
			[]string{`acme.yaml:4: mapping key "title" already defined at [3:1]; correct the YAML here`}},
		{"syntax", "[general, store]", "[general, store",
			[]string{`acme.yaml:25: `}},
		{"quoted code", "code: 7, name", `code: "7", name`,
			[]string{
				`acme.yaml:27: "7" is a string; codes of space "reply" are integers: write it without quotes`,
				`acme.yaml:30: 7 is no code of space "reply"; correct it or add the code`,
			}},
		{"fraction", "code: 7, name", "code: 7.5, name",
			[]string{`acme.yaml:27: 7.5 is no code; write an integer, or a string in quotes`}},
		{"huge code", "code: 7, name", "code: 99999999999999999999, name",
			[]string{`acme.yaml:27: 99999999999999999999 is no code; write an integer, or a string in quotes`}},
		{"no number", "{code: 1, name", "{name",
			[]string{
				`acme.yaml:26: code is missing; write one`,
				`acme.yaml:23: success value 1 is no code of space "reply"; add it to codes`,
			}},
		{"scalar for list", "success: [1]", "success: 1",
			[]string{`acme.yaml:23: a sequence is needed here, not a int; write one`}},
		{"list for text", "noun: reply code", "noun: [reply code]",
			[]string{`acme.yaml:21: a string is needed here; write one`}},
		{"alias", "noun: reply code", "noun: *noun",
			[]string{`acme.yaml:21: a catalog has no anchors, aliases, tags and merge keys; write the value out`}},
		{"anchor", "title: Acme", "title: &t Acme",
			[]string{`acme.yaml:3: a catalog has no anchors, aliases, tags and merge keys; write the value out`}},
		{"tag", "noun: reply code", "noun: !text",
			[]string{`acme.yaml:21: a catalog has no anchors, aliases, tags and merge keys; write the value out`}},
		{"merge key", "title: Acme", "title: Acme\n<<: {}",
			[]string{`acme.yaml:4: a catalog has no anchors, aliases, tags and merge keys; write the value out`}},
		{"another format", "format: 2", "format: 3",
			[]string{`acme.yaml:1: format is 3; this version reads format: 2`}},
		{"two documents", "pairs:", "---\npairs:",
			[]string{`acme.yaml: has 2 YAML documents; write exactly one catalog in a file`}},
		{"code twice", "{code: 503, name: StatusDown", "{code: 430, name: StatusDown",
			[]string{
				`acme.yaml:18: code 430 is there twice; remove one`,
				`acme.yaml:30: 503 is no code of space "http"; correct it or add the code`,
			}},
		{"order", "{code: 1, name: Fine", "{code: 9, name: Fine",
			[]string{
				`acme.yaml:27: code 7 stands after 9; sort the codes`,
				`acme.yaml:23: success value 1 is no code of space "reply"; add it to codes`,
			}},
		{"name twice", "name: Down", "name: Fine",
			[]string{`acme.yaml:27: code 7 has the name Fine, as has 1; give each code its own name`}},
		{"bad name", "name: Down", "name: down-now",
			[]string{`acme.yaml:27: code 7 has the name "down-now"; use an exported Go identifier`}},
		{"name without prefix", "name: StatusDown", "name: Down",
			[]string{`acme.yaml:18: code 503 has the name Down; names of space "http" begin with Status`}},
		{"unknown group", "group: store", "group: shop",
			[]string{`acme.yaml:27: code 7 is in the unknown group "shop"; use one of general, store, or add it to groups`}},
		{"unknown class of a code", "code: 7, name: Down, group: store, retry: transient", "code: 7, name: Down, group: store, retry: poll",
			[]string{`acme.yaml:27: code 7 has the unknown retry class "poll"; use one that classes lists, or leave retry out`}},
		{"unknown class", "  - name: transient", "  - name: transient\n    advice: x\n  - name: later",
			[]string{`acme.yaml:7: unknown retry class "later"; use one of rate-limit, transient, poll, transaction, unsure`}},
		{"class twice", "  - name: transient", "  - name: transient\n    advice: x\n  - name: transient",
			[]string{`acme.yaml:7: class "transient" is there twice; remove one`}},
		{"success with class", "{code: 1, name: Fine, group: general,", "{code: 1, name: Fine, group: general, retry: transient,",
			[]string{`acme.yaml:26: code 1 is a success value and has a retry class; leave retry out`}},
		{"no meaning", "meaning: off", `meaning: " "`,
			[]string{`acme.yaml:17: code 430 needs a meaning of one line; write what the vendor documents`}},
		{"no title", "title: Acme\n", "",
			[]string{`acme.yaml:1: title is missing or empty; write one`}},
		{"unknown kind", "kind: int\n    success", "kind: float\n    success",
			[]string{`acme.yaml:22: unknown kind of value "float"; use int or string`}},
		{"no success", "success: [1]", "success: []",
			[]string{`acme.yaml:23: space "reply" has no success value; list at least one`}},
		{"space twice", "name: reply", "name: http",
			[]string{
				`acme.yaml:20: space "http" is there twice; give each space its own name`,
				`acme.yaml:30: unknown space "reply"; use one that spaces lists`,
				`acme.yaml:41: unknown space "reply"; use one that spaces lists`,
			}},
		{"without a code", "without: [430]", "without: [431]",
			[]string{`acme.yaml:12: 431 is no code of space "http"; correct it or add the code`}},
		{"pair of success", "codes: [7]", "codes: [7, 1]",
			[]string{`acme.yaml:30: 1 is a success value of space "reply"; a failure is meant here`}},
		{"pair with itself", "to: reply", "to: http",
			[]string{`acme.yaml:30: pair joins space "http" to itself; name two spaces`}},
		{"empty pair", "codes: [7]", "codes: []",
			[]string{`acme.yaml:30: pair has no codes; list those that mean the same as 503`}},
		{"host with scheme", "[api.acme.example]", "[api.acme.example, https://b.acme.example]",
			[]string{`acme.yaml:32: host "https://b.acme.example" is no bare host; write it in lower case without scheme, port and path`}},
		{"one header", "[Acme-Key, Acme-Sign]", "[Acme-Key]",
			[]string{`acme.yaml:34: a set of headers needs two names or more; one header alone is no evidence`}},
		{"relative path", "- /store/put", "- /store/put\n    - store/get",
			[]string{`acme.yaml:38: path "store/get" is no endpoint path; begin it with / and write {} for a segment that varies`}},
		{"path with suffix", "- /store/put", "- /store/put.json",
			[]string{`acme.yaml:37: path "/store/put.json" has a suffix; write "/store/put", suffixes has the rest`}},
		{"path twice", "- /store/put", "- /store/put\n    - /store/put",
			[]string{`acme.yaml:38: path "/store/put" is there twice; remove one`}},
		{"sdk", "[acme.example/sdk]", "[acme.example/sdk/]",
			[]string{`acme.yaml:39: "acme.example/sdk/" is no module path; write it without its major version`}},
		{"member", "net/http.Response.StatusCode", "Response.StatusCode",
			[]string{`acme.yaml:46: "Response.StatusCode" is no field or method; write PKG.TYPE.NAME with the full import path`}},
		{"no body field", "    field: code\n", "",
			[]string{`acme.yaml:41: field is missing or empty; write one`}},
		{"empty", valid, "", []string{`acme.yaml: has 0 YAML documents; write exactly one catalog in a file`}},
		{"a list", valid, "- 1\n", []string{`acme.yaml:1: a mapping is needed here, not a sequence; write one`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if strings.Count(valid, tt.old) == 0 {
				t.Fatalf("%q is not in the valid catalog", tt.old)
			}
			c, err := catalog.Parse("acme.yaml", []byte(strings.Replace(valid, tt.old, tt.new, 1)))
			if err == nil {
				t.Fatal("no error")
			}
			if c != nil {
				t.Error("a catalog beside the error")
			}
			got := strings.Split(err.Error(), "\n")
			if strings.HasSuffix(tt.want[0], ": ") { // the words are the library's
				got[0] = got[0][:min(len(got[0]), len(tt.want[0]))]
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{valid, inspectedFile, "", "{", "- &a [*a]", "format: 2\n<<: {}", "spaces: [{codes: [{}]}]", "? a\n: b", "a: |\n  b\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := catalog.Parse("fuzz.yaml", data)
		if (c == nil) == (err == nil) {
			t.Fatalf("catalog %v, error %v", c, err)
		}
		if err != nil {
			for line := range strings.SplitSeq(err.Error(), "\n") {
				if line == "" {
					t.Errorf("an empty line in %q", err)
				}
			}
			return
		}
		for _, s := range c.Spaces {
			for _, code := range s.Codes {
				if got, ok := s.Find(code.Value); !ok || got != code {
					t.Errorf("Find(%#v) = %v, %v", code.Value, got, ok)
				}
				s.Nearest(code.Value)
				s.GroupOf(code.Value)
				c.Twins(s, code.Value)
				c.OwedBy(s, code.Value)
				c.Mentions(s, string(data))
				for i := range s.Constants {
					if name, ok := s.Constants[i].NameOf(code); ok {
						s.Constants[i].ValueOf(s, name)
					}
				}
			}
		}
	})
}

package catalog_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// inspectedFile is a catalog of an inspected API with codes of both kinds, and something in
// each section; each fault is made in it.
const inspectedFile = `format: 2
name: store
title: Store
nature: inspected
packages: [store.example/driver]
checks:
  - magic: [where-offered]
  - retry
classes:
  - {name: transaction, scope: transaction, advice: again from the start}
  - {name: unsure, advice: who knows}
permanent: never again
spaces:
  - name: state
    noun: state
    article: a
    kind: string
    form: {length: 4, characters: 0-9A-Z}
    constants:
      - {package: store.example/codes, derived: name, prefix: S, begin: S, without: ["40A0"]}
      - package: store.example/vars
        variables: true
        names: [{Conflict: "40A1"}, {Clash: "40A2"}]
    success: ["0000"]
    group_length: 2
    groups:
      - {name: "00", title: Fine}
      - {name: "40", title: Rolled Back}
      - {name: "41", title: Lost}
    general: "40"
    open: {other_groups: true, codes: ["40A0"], raised: [RAISE]}
    codes:
      - {code: "0000", name: Fine}
      - {code: "00A0", name: Noted}
      - {code: "40A0", name: RolledBack, condition: rolled_back, aliases: [Rollback]}
      - {code: "40A1", name: Conflict, condition: conflict, retry: transaction, meaning: a conflict}
      - {code: "40A2", name: Deadlock, condition: deadlock, retry: transaction, scope: statement, meaning: a deadlock}
  - name: full
    noun: full code
    article: a
    kind: int
    success: [0]
    codes:
      - {code: 0, name: Fine}
      - {code: 5, name: Busy}
      - {code: 261, name: BusyStill}
  - name: short
    noun: short code
    article: a
    kind: int
    derived: {from: full, mask: 0xff}
    success: [0]
    codes:
      - {code: 0, name: Fine}
      - {code: 5, name: Busy}
sets:
  - {name: aborted, space: state, first: "40A1", owes: ["40A2"], why: both are rolled back}
dialects:
  - {name: shop, title: Shop, imports: [shop.example/go], space: state, codes: ["SH00"], removes: [aborted]}
carriers:
  types:
    - type: store.example/driver.Error
      error: true
      pointer: true
      fields: [{name: Code, space: state}]
      methods: [{name: State, space: state}]
      messages: [Message]
      is: code
  interfaces:
    - {method: State, space: state}
  functions:
    - {func: store.example/driver.StateOf, space: state, nil: "0000", foreign: "40A0"}
    - {func: store.example/driver.As, yields: store.example/driver.Error, codes: 1}
  code_types:
    - {type: store.example/driver.Code, space: state, texts: [{method: Name, gives: condition}]}
  code_texts:
    - {func: store.example/codes.Name, space: state, gives: condition}
  predicates:
    - {func: store.example/codes.IsRolledBack, space: state, groups: ["40"], except: ["40A0"]}
  constructors:
    - {func: store.example/driver.New, space: state, code: 0, yields: store.example/driver.Error}
  producers: [store.example/driver.Conn.Do]
  never:
    - {error: context.Canceled, space: state, code: "40A0", why: an error of ours is none of the context}
  layers:
    - package: orm.example/orm
      errors:
        - {error: orm.example/orm.ErrConflict, space: state, codes: ["40A1"]}
markers:
  - {form: "STATE {code}", space: state}
prose:
  - {text: a conflict was met, space: state, code: "40A1"}
drivers:
  - name: store
    errors: [store.example/driver.Error]
    opens: [{func: database/sql.Open, value: store}]
transactions:
  types: [database/sql.Tx]
  space: state
  after_any: true
  answers: "40A0"
retriers:
  - {func: store.example/retry.Do, closure: 1, space: state, codes: ["40A1", "SH00"]}
`

func parseInspected(t *testing.T) *catalog.Catalog {
	t.Helper()
	c, err := catalog.Parse("store.yaml", []byte(inspectedFile))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestInspectedFaults makes one mistake after the other and wants one error with its line.
func TestInspectedFaults(t *testing.T) {
	tests := []struct{ name, old, new, want string }{
		{"nature", "nature: inspected", "nature: hidden", `4: unknown nature "hidden"; use called or inspected`},
		{"package twice", "[store.example/driver]", "[store.example/driver, store.example/driver]", `5: package "store.example/driver" is there twice; remove one`},
		{"no package", "[store.example/driver]", "[store.example/driver/]", `5: "store.example/driver/" is no import path; write it in full`},
		{"unknown check", "  - retry\n", "  - retries\n", `8: unknown check "retries"; use one of magic, unknown, mixed, text, target, switch, unchecked, retryable, retry, directive`},
		{"check twice", "  - retry\n", "  - magic\n", `8: check "magic" is there twice; write it once with all its variants`},
		{"unknown variant", "[where-offered]", "[offered]", `7: check magic has no variant "offered"; use one of as-written, where-offered`},
		{"variant twice", "[where-offered]", "[where-offered, where-offered]", `7: variant where-offered of check magic is there twice; remove one`},
		{"shape of a check", "  - retry\n", "  - [retry]\n", `8: a check is a name, or {NAME: [variant]}; write one of these`},
		{"no checks", "checks:\n  - magic: [where-offered]\n  - retry\n", "", `1: no checks; list those that speak for this API, of magic, unknown, mixed, text, target, switch, unchecked, retryable, retry, directive`},
		{"unknown class", "{name: unsure,", "{name: maybe,", `11: unknown retry class "maybe"; use one of rate-limit, transient, poll, transaction, unsure`},
		{"required unsure", "{name: unsure,", "{name: unsure, required: true,", `11: class unsure is required or has to pause; nothing is owed for a code that nobody knows to be worth a retry`},
		{"scope of a class", "scope: transaction, advice", "scope: session, advice", `10: unknown scope "session"; use one of call, statement, transaction`},
		{"article", "article: a\n    kind: string", "article: the\n    kind: string", `16: article is "the"; write a or an, as it stands before "state"`},
		{"form", "{length: 4,", "{length: -4,", `18: form is {length: number of characters, characters: ranges such as 0-9A-Z}; correct it`},
		{"length of a code", `{code: "00A0", name: Noted`, `{code: "00A", name: Noted`, `34: code "00A" has 3 characters; those of space "state" have 4`},
		{"characters of a code", `{code: "00A0", name: Noted`, `{code: "00a0", name: Noted`, `34: code "00a0" has a character that those of space "state" have not; they are made of 0-9A-Z`},
		{"number for a string", `{code: "00A0", name: Noted`, `{code: 4000, name: Noted`, `34: 4000 is a number; codes of space "state" are strings: write it in quotes`},
		{"string for a number", "{code: 5, name: Busy}\n      - {code: 261", "{code: \"5\", name: Busy}\n      - {code: 261", `45: "5" is a string; codes of space "full" are integers: write it without quotes`},
		{"no quotes", `{code: "00A0", name: Noted`, `{code: 00A0, name: Noted`, `34: 00A0 is no code; write an integer, or a string in quotes`},
		{"code twice", `{code: "00A0", name: Noted`, `{code: "0000", name: Noted`, `34: code 0000 is there twice; remove one`},
		{"name twice", "aliases: [Rollback]", "aliases: [Noted]", `35: code 40A0 has the name Noted, as has 00A0; give each code its own name`},
		{"never without a reason", "why: an error of ours is none of the context", "why: ''", `84: why is missing or empty; write one`},
		{"alias", "aliases: [Rollback]", "aliases: [roll-back]", `35: code 40A0 has the name "roll-back"; use an exported Go identifier`},
		{"condition", "condition: rolled_back", "condition: rolled back", `35: code 40A0 has the condition "rolled back"; write one word`},
		{"group of a code", "name: Noted}", "name: Noted, group: x}", `34: code 00A0 names its group; group_length says it already, so leave group out`},
		{"no group", `{code: "00A0", name: Noted`, `{code: "01A0", name: Noted`, `34: code 01A0 is in no known group; add its first 2 characters to groups`},
		{"length of a group", `{name: "41", title: Lost}`, `{name: "410", title: Lost}`, `29: group "410" has not the 2 characters that begin a code; correct it or group_length`},
		{"group twice", `{name: "41", title: Lost}`, `{name: "00", title: Lost}`, `29: group "00" is there twice; remove one`},
		{"shape of a group", `{name: "41", title: Lost}`, `[41]`, `29: a group is a name, or {name, title}; write one of these`},
		{"group length", "group_length: 2", "group_length: 4", `25: group_length is 4; write how many characters of a code name its group`},
		{"general", `general: "40"`, `general: "42"`, `30: the general group "42" is unknown; use one of 00, 40, 41`},
		{"open code", `codes: ["40A0"], raised`, `codes: ["40A9"], raised`, `31: "40A9" is no code of space "state"; correct it or add the code`},
		{"open group", "raised: [RAISE]", `groups: [nobody], raised: [RAISE]`, `31: the open group "nobody" is unknown; use one of 00, 40, 41`},
		{"raised", "raised: [RAISE]", `raised: [" "]`, `31: an empty word shows nothing; remove it`},
		{"retry without a class", "retry: transaction, meaning", "retry: poll, meaning", `36: code 40A1 has the unknown retry class "poll"; use one that classes lists, or leave retry out`},
		{"retry without a meaning", ", meaning: a conflict", "", `36: code 40A1 needs a meaning of one line; write what the vendor documents`},
		{"scope of a permanent code", "name: Noted}", "name: Noted, scope: call}", `34: code 00A0 has a scope and no retry class; a permanent code is not called again, so leave scope out`},
		{"scope", "scope: statement", "scope: session", `37: unknown scope "session"; use one of call, statement, transaction`},
		{"derived of what", "derived: name,", "derived: group,", `20: names cannot be derived from a code's "group"; use name or condition`},
		{"no names", `        names: [{Conflict: "40A1"}, {Clash: "40A2"}]` + "\n", "", `21: package "store.example/vars" has no names for the codes; write derived: name or condition, or list names`},
		{"prefix of nothing", "variables: true", "prefix: X", `21: prefix and without are about names that are derived; write derived: name or condition, or leave them out`},
		{"package of constants", "package: store.example/vars", "package: store.example/codes", `21: package "store.example/codes" is there twice; remove one`},
		{"without", `without: ["40A0"]`, `without: ["00B0"]`, `20: "00B0" is no code of space "state"; correct it or add the code`},
		{"name of a constant", "{Clash:", "{clash:", `23: "clash" is no exported Go identifier; correct it`},
		{"constant twice", "{Clash:", "{Conflict:", `23: Conflict is there twice; remove one`},
		{"value of a constant", `{Clash: "40A2"}`, `{Clash: "40A9"}`, `23: "40A9" is no code of space "state"; correct it or add the code`},
		{"shape of a constant", `{Clash: "40A2"}`, "Clash", `23: a name of a constant is {NAME: value}; write one of these`},
		{"beginning of a constant", "variables: true", "begin: Co\n        variables: true", `24: Clash does not begin with Co, as all names of the package do; correct one of them`},
		{"derived from nothing", "{from: full,", "{from: half,", `51: unknown space "half"; use one that spaces lists`},
		{"derived from itself", "{from: full,", "{from: short,", `51: space "short" is derived from "short", which is derived itself; derive both from one table`},
		{"derived from strings", "{from: full,", "{from: state,", `51: a mask makes an integer of an integer; space "short" or "state" has strings`},
		{"no mask", "mask: 0xff", "mask: 0", `51: mask is 0; write the bits that are kept, such as 0xff`},
		{"code of a mask", "- {code: 5, name: Busy}\nsets", "- {code: 5, name: Busy}\n      - {code: 256, name: Far}\nsets", `56: code 256 can never come of mask 0xff; remove it, or correct the mask`},
		{"no primary code", "      - {code: 261, name: BusyStill}", "      - {code: 262, name: BusyStill}", `46: code 262 becomes 6 in space "short", which has no such code; add it`},
		{"set of one", `owes: ["40A2"]`, "owes: []", `57: set "aborted" has one code; list what who retries 40A1 owes`},
		{"set with itself", `owes: ["40A2"]`, `owes: ["40A1"]`, `57: code 40A1 is in set "aborted" twice; remove one`},
		{"code of a set", `owes: ["40A2"]`, `owes: ["40A9"]`, `57: "40A9" is no code of space "state"; correct it or add the code`},
		{"success in a set", `owes: ["40A2"]`, `owes: ["0000"]`, `57: 0000 is a success value of space "state"; a failure is meant here`},
		{"space of a set", "{name: aborted, space: state,", "{name: aborted, space: mood,", `57: unknown space "mood"; use one that spaces lists`},
		{"set without a reason", ", why: both are rolled back", "", `57: why is missing or empty; write one`},
		{"set twice", "why: both are rolled back}", "why: both are rolled back}\n  - {name: aborted, space: full, first: 5, owes: [261], why: x}", `58: set "aborted" is there twice; give each set its own name`},
		{"dialect without a title", "title: Shop, ", "", `59: title is missing or empty; write one`},
		{"import of a dialect", "[shop.example/go]", "[shop.example/go/]", `59: "shop.example/go/" is no import path; write it in full`},
		{"code of a dialect", `codes: ["SH00"], removes`, `codes: ["SH0"], removes`, `59: code "SH0" has 3 characters; those of space "state" have 4`},
		{"unknown set", "removes: [aborted]", "removes: [lost]", `59: unknown set "lost"; use one that sets lists`},
		{"dialect twice", "removes: [aborted]}", "removes: [aborted]}\n  - {name: shop, title: Shop}", `60: dialect "shop" is there twice; give each its own name`},
		{"type", "      is: code\n", "      is: code\n    - {type: Other, fields: [{name: Code, space: state}]}\n", `69: "Other" is no name of a type; write PATH.NAME with the full import path`},
		{"type twice", "      is: code\n", "      is: code\n    - {type: store.example/driver.Error, fields: [{name: Code, space: state}]}\n", `69: store.example/driver.Error is there twice; remove one`},
		{"no field", "      is: code\n", "      is: code\n    - {type: store.example/driver.Other}\n", `69: store.example/driver.Other has no field and no method for the code; list one`},
		{"field", "{name: Code, space: state}]\n      methods", "{name: code, space: state}]\n      methods", `65: "code" is no exported Go identifier; write the name alone`},
		{"space of a field", "{name: Code, space: state}]\n      methods", "{name: Code, space: mood}]\n      methods", `65: unknown space "mood"; use one that spaces lists`},
		{"field of nothing", "{name: Code, space: state}]\n      methods", "{name: Code}]\n      methods", `65: write either space, for what gives a code, or yields, for what gives a carrier`},
		{"message", "messages: [Message]", "messages: [a b]", `67: "a b" is no exported Go identifier; write the name alone`},
		{"comparison", "is: code", "is: text", `68: unknown comparison "text"; write what errors.Is compares: identity, code, whole`},
		{"comparison of no error", "      error: true\n", "", `62: store.example/driver.Error is no error, so errors.Is does not compare it; leave is and unwraps out, or write error: true`},
		{"method of an interface", "{method: State,", "{method: state,", `70: "state" is no exported Go identifier; write the name alone`},
		{"interface of two", "{method: State, space: state}", "{method: State, space: state, yields: store.example/driver.Error}", `70: write either space, for what gives a code, or yields, for what gives a carrier`},
		{"yields no carrier", "yields: store.example/driver.Error, codes: 1", "yields: store.example/driver.Err, codes: 1", `73: store.example/driver.Err is no carrier; use a type that carriers.types lists`},
		{"function", "func: store.example/driver.StateOf", "func: StateOf", `72: "StateOf" is no name of a function; write PATH.NAME with the full import path`},
		{"no function", "{func: store.example/driver.StateOf, space", "{space", `72: a function is missing; write PATH.NAME with the full import path`},
		{"function twice", "func: store.example/driver.As", "func: store.example/driver.StateOf", `73: store.example/driver.StateOf is there twice; remove one`},
		{"position", "codes: 1}", "codes: -1}", `73: position -1; count parameters and results from 0`},
		{"answer for nil", `nil: "0000"`, `nil: "9999"`, `72: "9999" is no code of space "state"; correct it or add the code`},
		{"answer of a carrier", "codes: 1}", `codes: 1, foreign: "40A0"}`, `73: an answer of store.example/driver.As that is a code; it gives a carrier, so leave this out`},
		{"code type", "type: store.example/driver.Code", "type: store.example/driver.Code.Name", `75: "store.example/driver.Code.Name" is no name of a type; write PATH.NAME with the full import path`},
		{"groups of none", "{type: store.example/driver.Code, space: state, texts: [{method: Name, gives: condition}]}", "{type: store.example/driver.Code, space: full, group: true}", `75: space "full" has no groups; list them, or leave group out`},
		{"text of a code", "[{method: Name, gives: condition}]", "[{method: Name, gives: title}]", `75: a code has no "title"; use one of code, name, condition, group`},
		{"no conditions", "space: state, texts: [{method: Name, gives: condition}]", "space: full, texts: [{method: Name, gives: condition}]", `75: no code of space "full" has a condition; add them, or use another`},
		{"function of a code", "func: store.example/codes.Name", "func: Name", `77: "Name" is no name of a function; write PATH.NAME with the full import path`},
		{"predicate of nothing", `groups: ["40"], except`, "except", `79: store.example/codes.IsRolledBack is true for nothing; list groups or codes`},
		{"group of a predicate", `groups: ["40"], except`, `groups: ["42"], except`, `79: unknown group "42"; use one of 00, 40, 41`},
		{"exception of a predicate", `except: ["40A0"]`, `except: ["40A9"]`, `79: "40A9" is no code of space "state"; correct it or add the code`},
		{"constructor", "code: 0, yields", "code: -1, yields", `81: position -1; count parameters and results from 0`},
		{"option", "producers: [store.example/driver.Conn.Do]", "options: [Option]", `82: "Option" is no name of a type of options; write PATH.NAME with the full import path`},
		{"producer", "[store.example/driver.Conn.Do]", "[Do]", `82: "Do" is no name of a function; write PATH.NAME with the full import path`},
		{"never", `code: "40A0", why`, `code: "0000", why`, `84: 0000 is a success value of space "state"; a failure is meant here`},
		{"layer of nothing", "      errors:\n        - {error: orm.example/orm.ErrConflict, space: state, codes: [\"40A1\"]}\n", "", `86: layer "orm.example/orm" translates nothing; list its errors`},
		{"error for nothing", `ErrConflict, space: state, codes: ["40A1"]}`, `ErrConflict, space: state}`, `88: orm.example/orm.ErrConflict stands for no code; list those`},
		{"marker without a code", `"STATE {code}"`, `"STATE"`, `90: marker "STATE" has no code; write one of {code}, {name} and {condition} in it, behind a text`},
		{"marker of a code alone", `"STATE {code}"`, `"{code}"`, `90: marker "{code}" has no code; write one of {code}, {name} and {condition} in it, behind a text`},
		{"marker of another word", `"STATE {code}"`, `"STATE {title}"`, `90: marker "STATE {title}" has no code; write one of {code}, {name} and {condition} in it, behind a text`},
		{"marker twice", `- {form: "STATE {code}", space: state}`, `- {form: "STATE {code}", space: state}` + "\n" + `  - {form: "STATE {code}", space: state}`, `91: marker "STATE {code}" is there twice; remove one`},
		{"marker of conditions", `{form: "STATE {code}", space: state}`, `{form: "STATE {condition}", space: full}`, `90: no code of space "full" has a condition; add them, or use another form`},
		{"space of a marker", `{form: "STATE {code}", space: state}`, `{form: "STATE {code}", space: mood}`, `90: unknown space "mood"; use one that spaces lists`},
		{"prose of a word", "text: a conflict was met", "text: conflict", `92: prose "conflict" is less than two words; such a text may be anybody's`},
		{"code of prose", `a conflict was met, space: state, code: "40A1"`, `a conflict was met, space: state, code: "40A9"`, `92: "40A9" is no code of space "state"; correct it or add the code`},
		{"driver of nothing", "    opens: [{func: database/sql.Open, value: store}]\n", "", `94: driver "store" needs errors and opens; list what it answers with and what shows that it is used`},
		{"error of a driver", "errors: [store.example/driver.Error]", "errors: [store.example/driver.Err]", `95: store.example/driver.Err is no carrier; use a type that carriers.types lists`},
		{"opener", "{func: database/sql.Open, value", "{func: Open, value", `96: "Open" is no name of a function; write PATH.NAME with the full import path`},
		{"transaction", "types: [database/sql.Tx]", "types: [database/sql.tx]", `98: "database/sql.tx" is no name of a type; write PATH.NAME with the full import path`},
		{"transaction without a type", "types: [database/sql.Tx]", "types: []", `98: transactions without types; list those of a transaction`},
		{"after nothing", "  after_any: true\n", "", `98: write either after_any: true, or after: the codes that end a transaction`},
		{"after both", "after_any: true", `after_any: true` + "\n" + `  after: ["40A1"]`, `98: write either after_any: true, or after: the codes that end a transaction`},
		{"after a success", "after_any: true", `after: ["0000"]`, `100: 0000 is a success value of space "state"; a failure is meant here`},
		{"answer", `answers: "40A0"`, `answers: "40A9"`, `101: "40A9" is no code of space "state"; correct it or add the code`},
		{"savepoint", `answers: "40A0"`, "revive: [SAVE, '']", `101: an empty word is in every statement; remove it`},
		{"retrier", "func: store.example/retry.Do", "func: Do", `103: "Do" is no name of a function; write PATH.NAME with the full import path`},
		{"retrier of nothing", `, codes: ["40A1", "SH00"]}`, "}", `103: store.example/retry.Do retries no code; list those`},
		{"code of a retrier", `["40A1", "SH00"]`, `["40A1", 7]`, `103: 7 is a number; codes of space "state" are strings: write it in quotes`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if strings.Count(inspectedFile, tt.old) == 0 {
				t.Fatalf("%q is not in the valid catalog", tt.old)
			}
			_, err := catalog.Parse("store.yaml", []byte(strings.Replace(inspectedFile, tt.old, tt.new, 1)))
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff("store.yaml:"+tt.want, err.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

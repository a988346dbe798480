package catalog_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

func state(t *testing.T) (*catalog.Catalog, *catalog.Space) {
	t.Helper()
	c := parseInspected(t)
	s, ok := c.Space("state")
	if !ok {
		t.Fatal("no space")
	}
	return c, s
}

func str(s string) catalog.Value { return catalog.StringValue(s) }

func TestFind(t *testing.T) {
	_, s := state(t)
	want := catalog.Code{
		Value: str("40A2"), Name: "Deadlock", Group: "40", Condition: "deadlock",
		Retry: catalog.Transaction, Scope: catalog.ScopeStatement, Meaning: "a deadlock",
	}
	if got, ok := s.Find(str("40A2")); !ok || got != want {
		t.Errorf("Find = %+v, %t", got, ok)
	}
	if got, ok := s.Find(str("40A1")); !ok || got.Scope != catalog.ScopeTransaction {
		t.Errorf("the scope of 40A1 is %q, want that of its class", got.Scope)
	}
	for _, v := range []catalog.Value{str("40A9"), str("40a2"), str(""), catalog.IntValue(0), {}} {
		if got, ok := s.Find(v); ok {
			t.Errorf("Find(%#v) = %v", v, got)
		}
	}
	if _, ok := s.Find(catalog.IntValue(0)); ok {
		t.Error("a number in a space of strings")
	}
	if got := want.String(); got != "40A2 (Deadlock)" {
		t.Errorf("String() = %q", got)
	}
	if !s.Succeeds(str("0000")) || s.Succeeds(str("40A2")) || s.Succeeds(catalog.IntValue(0)) {
		t.Error("success is wrong")
	}
}

func TestGroupOf(t *testing.T) {
	_, s := state(t)
	for v, want := range map[catalog.Value]string{
		str("40A2"): "40", str("40ZZ"): "40", str("4100"): "41", str("99A2"): "", str("4"): "", catalog.IntValue(4000): "", (catalog.Value{}): "",
	} {
		if got := s.GroupOf(v); got != want {
			t.Errorf("GroupOf(%v) = %q, want %q", v, got, want)
		}
	}
	if got := names(s.InGroup("40")); !slices.Equal(got, []string{"RolledBack", "Conflict", "Deadlock"}) {
		t.Errorf("group 40 has %v", got)
	}
	if g, ok := s.Group("40"); !ok || g.Title != "Rolled Back" {
		t.Errorf("Group(40) = %v, %t", g, ok)
	}
	business := space(t, "business")
	if got := business.GroupOf(catalog.IntValue(24356)); got != "user" {
		t.Errorf("24356 is in group %q", got)
	}
	if got := business.GroupOf(catalog.IntValue(7)); got != "" {
		t.Errorf("7 is in group %q", got)
	}
}

func names(codes []catalog.Code) []string {
	var out []string
	for _, c := range codes {
		out = append(out, c.Name)
	}
	return out
}

// TestMayBe has what the spaces are open to.
func TestMayBe(t *testing.T) {
	pg, my, grpc := load(t, "postgresql").Spaces[0], load(t, "mysql").Spaces[0], load(t, "grpc").Spaces[0]
	tests := []struct {
		s    *catalog.Space
		v    catalog.Value
		want bool
	}{
		{pg, str("23505"), true},
		{pg, str("23550"), false}, // its class is known
		{pg, str("P0001"), true},
		{pg, str("P0099"), true}, // functions raise codes of their own there
		{pg, str("CR000"), true}, // its class is not
		{my, catalog.IntValue(1062), true},
		{my, catalog.IntValue(9007), true},
		{grpc, catalog.IntValue(404), true},
		{space(t, "business"), catalog.IntValue(1008), true},
		{space(t, "business"), catalog.IntValue(1080), false},
	}
	for _, test := range tests {
		if got := test.s.MayBe(test.v); got != test.want {
			t.Errorf("MayBe(%v) = %t in %s", test.v, got, test.s.Name)
		}
	}
	if pg.Means(str("P0001")) || !pg.Means(str("23505")) {
		t.Error("P0001 alone means what the program makes of it")
	}
}

func TestFits(t *testing.T) {
	pg, status, business := load(t, "postgresql").Spaces[0], space(t, "http"), space(t, "business")
	tests := []struct {
		s    *catalog.Space
		v    catalog.Value
		want bool
	}{
		{pg, str("40P01"), true}, {pg, str("99999"), true}, {pg, str("40p01"), false}, {pg, str("40P1"), false}, {pg, str(""), false},
		{pg, str("40P0É"), false}, {pg, catalog.IntValue(40001), false},
		{status, catalog.IntValue(404), true}, {status, catalog.IntValue(1008), false}, {status, catalog.IntValue(0), false},
		{business, catalog.IntValue(-1), true}, {business, catalog.IntValue(0), true}, {business, str("1008"), false},
	}
	for _, test := range tests {
		if got := test.s.Fits(test.v); got != test.want {
			t.Errorf("Fits(%#v) = %t in %s", test.v, got, test.s.Name)
		}
	}
}

func TestNearestOfKinds(t *testing.T) {
	pg, business := load(t, "postgresql").Spaces[0], space(t, "business")
	_, store := state(t)
	texts := &catalog.Space{Kind: catalog.StringKind, Success: []catalog.Value{str("okey")}}
	for _, text := range []string{"buy", "busy", "okey", "quota_exceeded"} {
		texts.Codes = append(texts.Codes, catalog.Code{Value: str(text), Name: text})
	}
	tests := []struct {
		s       *catalog.Space
		v, want catalog.Value
	}{
		{pg, str("23550"), str("23505")},      // a swap
		{pg, str("40P10"), str("40P01")},      // a swap
		{pg, str("XX005"), str("XX000")},      // a character, the smaller code
		{store, str("0001"), catalog.Value{}}, // the only one that is near means success
		{pg, str("99999"), catalog.Value{}},
		{pg, str("2350"), catalog.Value{}},
		{pg, catalog.IntValue(40002), catalog.Value{}},
		{texts, str("quota_exceded"), str("quota_exceeded")},
		{texts, str("quota_exceeeded"), str("quota_exceeded")},
		{texts, str("bsuy"), str("busy")}, // a swap goes before buy
		{texts, str("bu"), catalog.Value{}},
		{texts, str("okay"), catalog.Value{}},
		{business, catalog.IntValue(1080), catalog.IntValue(1008)},
		{business, str("1080"), catalog.Value{}},
	}
	for _, test := range tests {
		got, ok := test.s.Nearest(test.v)
		if got.Value != test.want || ok == test.want.IsZero() {
			t.Errorf("Nearest(%v) = %v, %t; want %v", test.v, got, ok, test.want)
		}
	}
}

func TestNamed(t *testing.T) {
	pg := load(t, "postgresql").Spaces[0]
	tests := []struct {
		g    catalog.Gives
		text string
		want []string
	}{
		{catalog.GivesCondition, "unique_violation", []string{"UniqueViolation"}},
		{catalog.GivesCondition, "string_data_right_truncation", []string{"StringDataRightTruncationWarning", "StringDataRightTruncationDataException"}},
		{catalog.GivesName, "DeadlockDetected", []string{"DeadlockDetected"}},
		{catalog.GivesCode, "40P01", []string{"DeadlockDetected"}},
		{catalog.GivesCode, "40p01", nil},
		{catalog.GivesCondition, "", nil},
	}
	for _, test := range tests {
		if got := names(pg.Named(test.g, test.text)); !slices.Equal(got, test.want) {
			t.Errorf("Named(%s, %q) = %v, want %v", test.g, test.text, got, test.want)
		}
	}
	_, s := state(t)
	if got := names(s.Named(catalog.GivesName, "Rollback")); !slices.Equal(got, []string{"RolledBack"}) {
		t.Errorf("the alias Rollback is %v", got)
	}
}

func TestOffers(t *testing.T) {
	_, s := state(t)
	derived, listed := &s.Constants[0], &s.Constants[1]
	conflict, _ := s.Find(str("40A1"))
	rolled, _ := s.Find(str("40A0"))
	for _, test := range []struct {
		k    *catalog.Constants
		c    catalog.Code
		want string
	}{{derived, conflict, "SConflict"}, {derived, rolled, ""}, {listed, conflict, "Conflict"}, {listed, rolled, ""}} {
		if got, ok := test.k.NameOf(test.c); got != test.want || ok != (test.want != "") {
			t.Errorf("%s names %v %q, want %q", test.k.Package, test.c, got, test.want)
		}
	}
	for _, test := range []struct {
		k    *catalog.Constants
		name string
		want catalog.Value
	}{{derived, "SConflict", str("40A1")}, {derived, "SRolledBack", catalog.Value{}}, {derived, "Conflict", catalog.Value{}}, {listed, "Clash", str("40A2")}, {listed, "Deadlock", catalog.Value{}}} {
		if got, ok := test.k.ValueOf(s, test.name); got != test.want || ok == test.want.IsZero() {
			t.Errorf("%s.%s is %v, want %v", test.k.Package, test.name, got, test.want)
		}
	}
}

func TestSets(t *testing.T) {
	pg := load(t, "postgresql")
	s := pg.Spaces[0]
	if sets := pg.OwedBy(s, str("40001")); len(sets) != 1 || !slices.Equal(sets[0].Owes, []catalog.Value{str("40P01")}) {
		t.Errorf("40001 owes %v", sets)
	}
	if sets := pg.OwedBy(s, str("40P01")); len(sets) > 0 {
		t.Errorf("40P01 owes %v", sets)
	}
	if sets := pg.OwedBy(s, str("40001"), "cockroachdb"); len(sets) > 0 {
		t.Errorf("40001 owes %v in CockroachDB", sets)
	}
	lite := load(t, "sqlite")
	extended, _ := lite.Space("extended")
	primary, _ := lite.Space("primary")
	if sets := lite.OwedBy(extended, catalog.IntValue(5)); len(sets) != 1 {
		t.Errorf("BUSY owes %v where extended codes are compared", sets)
	}
	if sets := lite.OwedBy(primary, catalog.IntValue(5)); len(sets) > 0 {
		t.Errorf("BUSY owes %v where primary codes are compared", sets)
	}
}

func TestDerived(t *testing.T) {
	lite := load(t, "sqlite")
	extended, _ := lite.Space("extended")
	primary, ok := lite.DerivedFrom(extended)
	if !ok || primary.Name != "primary" {
		t.Fatalf("what is derived from extended is %v", primary)
	}
	if got, ok := primary.Derived.Apply(catalog.IntValue(2067)); !ok || got != catalog.IntValue(19) {
		t.Errorf("2067 becomes %v, %t", got, ok)
	}
	if got, ok := extended.Derived.Apply(catalog.IntValue(2067)); ok {
		t.Errorf("2067 becomes %v without a derivation", got)
	}
	if got, ok := primary.Derived.Apply(str("2067")); ok {
		t.Errorf("a string becomes %v", got)
	}
	if _, ok := lite.DerivedFrom(primary); ok {
		t.Error("something is derived from primary codes")
	}
	// An extended code is never CONSTRAINT alone.
	if c, ok := extended.Find(catalog.IntValue(19)); ok {
		t.Errorf("%v is an extended code", c)
	}
}

func TestMentions(t *testing.T) {
	tests := []struct {
		catalog, space, text string
		want                 []string // the code, or ? and the text if it is unknown
	}{
		{"postgresql", "sqlstate", "SQLSTATE 23505", []string{"23505"}},
		{"postgresql", "sqlstate", "sqlstate 40p01", []string{"40P01"}},
		{"postgresql", "sqlstate", "ERROR: x (SQLSTATE 40001), then (SQLSTATE 40P01)", []string{"40001", "40P01"}},
		{"postgresql", "sqlstate", "SQLSTATE=23505", []string{"23505"}},
		{"postgresql", "sqlstate", "SQLSTATE 23403", []string{"?23403"}},
		{"postgresql", "sqlstate", "SQLSTATE 235050", nil},
		{"postgresql", "sqlstate", "SQLSTATE ", nil},
		{"postgresql", "sqlstate", "MYSQLSTATE 23505", nil},
		{"postgresql", "sqlstate", "pq: duplicate key value violates unique constraint", []string{"23505"}},
		{"postgresql", "sqlstate", "Deadlock Detected", []string{"40P01"}},
		{"postgresql", "sqlstate", "users_email_key", nil},
		{"postgresql", "sqlstate", "23505", nil},
		{"mysql", "number", "Error 1062", []string{"1062"}},
		{"mysql", "number", "Error 1062: Duplicate entry", []string{"1062", "1062"}},
		{"mysql", "number", "Error 10620", nil}, // five digits are no number of MySQL
		{"mysql", "number", "deadlock found when trying to get lock", []string{"1213"}},
		{"sqlite", "extended", "UNIQUE constraint failed: users.email", []string{"2067"}},
		{"sqlite", "primary", "database is locked", []string{"5"}},
		{"sqlite", "primary", "database is locked (5) (SQLITE_BUSY)", []string{"5", "5"}},
		{"sqlite", "extended", "SQLITE_BUSY_SNAPSHOT", []string{"517"}},
		{"sqlite", "primary", "SQLITE_BUSY_SNAPSHOT", nil},
		{"grpc", "status", "rpc error: code = NotFound desc = x", []string{"5"}},
		{"grpc", "status", "code = Teapot", nil},
		{"grpc", "status", "zipcode = NotFound", nil},
		{"rongcloud", "business", "1008", nil},
	}
	for _, test := range tests {
		c := load(t, test.catalog)
		s, _ := c.Space(test.space)
		var got []string
		for _, m := range c.Mentions(s, test.text) {
			switch {
			case m.Known:
				got = append(got, m.Code.Value.String())
			default:
				got = append(got, "?"+m.Text)
			}
			if m.Start < 0 || m.End > len(test.text) || m.Start >= m.End {
				t.Errorf("%q: from %d to %d", test.text, m.Start, m.End)
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %q\n%s", test.catalog, test.text, diff)
		}
		if len(got) > 0 && !c.Hint(test.text) {
			t.Errorf("%s: no hint for %q", test.catalog, test.text)
		}
	}
	if load(t, "postgresql").Hint("SELECT 1 FROM users") {
		t.Error("a hint for a statement")
	}
}

// TestDrivers wants a name that two versions of a driver register to open both.
func TestDrivers(t *testing.T) {
	opened := map[string][]string{}
	for _, name := range []string{"postgresql", "mysql", "sqlite"} {
		for _, d := range load(t, name).Drivers {
			for _, o := range d.Opens {
				if o.Value != "" {
					opened[o.Value] = append(opened[o.Value], d.Name)
				}
			}
		}
	}
	want := map[string][]string{
		"pgx": {"pgx", "pgx/v4"}, "pgx/v5": {"pgx"}, "pgx/v4": {"pgx/v4"}, "postgres": {"pq"},
		"mysql": {"mysql"}, "sqlite3": {"mattn"}, "sqlite": {"modernc"},
	}
	if diff := cmp.Diff(want, opened); diff != "" {
		t.Error(diff)
	}
}

func TestUses(t *testing.T) {
	tests := []struct {
		catalog, path string
		want          bool
	}{
		{"postgresql", "github.com/jackc/pgx/v5", true},
		{"postgresql", "github.com/jackc/pgx/v5/pgconn", true},
		{"postgresql", "example.com/app/vendor/github.com/lib/pq", true},
		{"postgresql", "github.com/lib/pqx", false},
		{"postgresql", "database/sql", false},
		{"mysql", "github.com/go-sql-driver/mysql", true},
		{"mysql", "gorm.io/driver/mysql", false},
		{"grpc", "google.golang.org/grpc/codes", true},
		{"grpc", "connectrpc.com/connect", true},
		{"grpc", "google.golang.org/protobuf/proto", false},
		{"sqlite", "modernc.org/sqlite/lib", true},
		{"sqlite", "modernc.org/libc", false},
		{"rongcloud", "github.com/rongcloud/server-sdk-go/v4/sdk", true},
	}
	for _, test := range tests {
		if got := load(t, test.catalog).Uses(test.path); got != test.want {
			t.Errorf("%s uses %s: %t", test.catalog, test.path, got)
		}
	}
}

// TestSpeaks has the table of which checks speak for which API.
func TestSpeaks(t *testing.T) {
	want := map[string][]string{
		"magic as-written": {"grpc", "rongcloud"}, "magic where-offered": {"mysql", "postgresql", "rongcloud", "sqlite"},
		"unknown operands": {"postgresql", "rongcloud"}, "unknown markers": {"postgresql", "rongcloud"},
		"mixed spaces": {"rongcloud"}, "mixed derived": {"rongcloud", "sqlite"}, "mixed masks": {"rongcloud", "sqlite"},
		"switch sets": {"postgresql", "rongcloud", "sqlite"}, "switch classes": {"rongcloud"},
		"retryable sets": {"postgresql", "rongcloud", "sqlite"}, "retryable closures": catalog.Names(),
		"retryable classes": {"rongcloud"}, "retryable lost": {"rongcloud"}, "retryable changing": {"rongcloud"},
		"unchecked dropped": {"rongcloud"},
		"unchecked passed":  {"rongcloud"}, "text markers": catalog.Names(), "text words": catalog.Names(),
		"target types": {"rongcloud"}, "target pointers": {"mysql", "postgresql", "rongcloud", "sqlite"}, "target wrapped": catalog.Names(),
		"target drivers": {"postgresql", "rongcloud", "sqlite"}, "target never": {"grpc", "rongcloud"}, "target built": {"grpc", "rongcloud"},
		"retry permanent": {"rongcloud"}, "retry no-end": catalog.Names(), "retry no-pause": {"grpc", "rongcloud"},
		"retry in-transaction": {"mysql", "postgresql", "rongcloud"}, "directive ": catalog.Names(),
	}
	got := map[string][]string{}
	for _, c := range catalog.All() {
		for _, check := range catalog.CheckNames() {
			variants := catalog.Variants(check)
			if len(variants) == 0 {
				variants = []catalog.Variant{""}
			}
			for _, v := range variants {
				if c.Speaks(check, v) {
					got[check+" "+string(v)] = append(got[check+" "+string(v)], c.Name)
				}
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNature(t *testing.T) {
	want := map[string]catalog.Nature{
		"rongcloud": catalog.Called, "postgresql": catalog.Inspected, "mysql": catalog.Inspected, "sqlite": catalog.Inspected, "grpc": catalog.Inspected,
	}
	got := map[string]catalog.Nature{}
	for _, c := range catalog.All() {
		got[c.Name] = c.Nature
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !slices.IsSorted(catalog.Names()) {
		t.Errorf("%v are not in order", catalog.Names())
	}
	if c, ok := catalog.Load("oracle"); ok {
		t.Errorf("there is a catalog %v", c)
	}
	if c, ok := catalog.Load("rongcloud"); !ok || c != catalog.Embedded() {
		t.Error("the embedded catalog is another")
	}
}

// TestClassRules has which classes ask for what.
func TestClassRules(t *testing.T) {
	var required, pause []string
	for _, c := range catalog.All() {
		for _, k := range c.Classes {
			if k.Required {
				required = append(required, c.Name+" "+string(k.Name))
			}
			if k.Pause {
				pause = append(pause, c.Name+" "+string(k.Name))
			}
		}
	}
	if want := []string{"rongcloud rate-limit", "rongcloud transient", "rongcloud poll"}; !slices.Equal(required, want) {
		t.Errorf("required are %v", required)
	}
	want := []string{"grpc rate-limit", "grpc transient", "mysql rate-limit", "mysql transient", "postgresql transient", "rongcloud rate-limit", "rongcloud transient", "rongcloud poll", "sqlite transient"}
	if !slices.Equal(pause, want) {
		t.Errorf("a pause is asked for by %v", pause)
	}
	if k, ok := load(t, "grpc").Class(catalog.Unsure); !ok || k.Advice == "" {
		t.Errorf("unsure is %v, %t", k, ok)
	}
	if _, ok := load(t, "grpc").Class(catalog.Poll); ok {
		t.Error("gRPC has the class poll")
	}
}

func TestSymbol(t *testing.T) {
	for text, want := range map[string]catalog.Symbol{
		"database/sql.Tx":                     {Path: "database/sql", Name: "Tx"},
		"context.Canceled":                    {Path: "context", Name: "Canceled"},
		"github.com/jackc/pgx/v5.Tx.Begin":    {Path: "github.com/jackc/pgx/v5", Type: "Tx", Name: "Begin"},
		"gopkg.in/store.v3.Open":              {Path: "gopkg.in/store.v3", Name: "Open"},
		"gopkg.in/store.v3.Conn.Do":           {Path: "gopkg.in/store.v3", Type: "Conn", Name: "Do"},
		"google.golang.org/grpc.ClientStream": {Path: "google.golang.org/grpc", Name: "ClientStream"},
	} {
		got, ok := catalog.ParseSymbol(text)
		if !ok || got != want || got.String() != text {
			t.Errorf("ParseSymbol(%q) = %+v, %t", text, got, ok)
		}
	}
	for _, text := range []string{"", "Open", "a/b", "a b.Open", ".Open", "x.", "x.9"} {
		if got, ok := catalog.ParseSymbol(text); ok {
			t.Errorf("ParseSymbol(%q) = %+v", text, got)
		}
	}
}

// TestHeader has the headers that sign a request, with and without their prefix.
func TestHeader(t *testing.T) {
	e := &catalog.Embedded().Evidence
	for name, want := range map[string]string{"App-Key": "app-key", "rc-app-key": "app-key", "RC-Nonce": "nonce", "Signature": "signature", "X-App-Key": "", "RC-": "", "": ""} {
		if got, ok := e.Header(name); got != want || ok != (want != "") {
			t.Errorf("Header(%q) = %q, %t", name, got, ok)
		}
	}
	if n := e.FewestHeaders(); n != 4 {
		t.Errorf("the smallest set has %d headers", n)
	}
	if n := new(catalog.Evidence).FewestHeaders(); n != 0 {
		t.Errorf("no set has %d headers", n)
	}
}

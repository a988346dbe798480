package catalog_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// sheet reads a table of facts that was written from a vendor's documentation: rows by the
// names of the columns, with "-" for nothing.
func sheet(t *testing.T, name string) []map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	head := strings.Split(lines[0], "\t")
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, field := range strings.Split(line, "\t") {
			if field != "-" {
				row[head[i]] = field
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func load(t testing.TB, name string) *catalog.Catalog {
	t.Helper()
	c, ok := catalog.Load(name)
	if !ok {
		t.Fatalf("no catalog %q", name)
	}
	return c
}

// TestSheets wants codes, names, conditions, groups, retry classes and sets of the sheets, no
// more and no fewer.
func TestSheets(t *testing.T) {
	tests := []struct {
		catalog, space string
		count          int
	}{
		{"postgresql", "sqlstate", 263},
		{"mysql", "number", 938},
		{"grpc", "status", 17},
	}
	for _, test := range tests {
		c := load(t, test.catalog)
		s, ok := c.Space(test.space)
		if !ok {
			t.Fatalf("no space %q", test.space)
		}
		rows := sheet(t, test.catalog+".tsv")
		if len(rows) != test.count || len(s.Codes) != test.count {
			t.Errorf("%s has %d codes, its sheet %d, want %d", c.Name, len(s.Codes), len(rows), test.count)
		}
		for _, row := range rows {
			v := catalog.StringValue(row["code"])
			if s.Kind == catalog.IntKind {
				n, err := strconv.ParseInt(row["code"], 10, 64)
				if err != nil {
					t.Fatal(err)
				}
				v = catalog.IntValue(n)
			}
			got, ok := s.Find(v)
			if !ok {
				t.Errorf("%s: no code %v", c.Name, v)
				continue
			}
			if got.Name != row["name"] {
				t.Errorf("%v is named %s in the sheet", got, row["name"])
			}
			retry := strings.TrimPrefix(row["retry"], "success")
			if string(got.Retry) != retry || s.Succeeds(v) != (row["retry"] == "success" || row["code"] == "00000") {
				t.Errorf("%v is %q, in the sheet %q", got, got.Retry, row["retry"])
			}
			if want, ok := row["condition"]; ok && got.Condition != want {
				t.Errorf("%v has the condition %q, in the sheet %q", got, got.Condition, want)
			}
			if g, ok := s.Group(got.Group); ok && row["class"] != "" && !strings.HasPrefix(row["class"], g.Title) {
				t.Errorf("%v is in group %q, in the sheet %q", got, g.Title, row["class"])
			}
			var owed []string
			for _, set := range c.OwedBy(s, v) {
				for _, o := range set.Owes {
					owed = append(owed, o.String())
				}
			}
			if want := strings.TrimPrefix(row["set"], "owes "); strings.Join(owed, ",") != want {
				t.Errorf("%v owes %v, in the sheet %q", got, owed, want)
			}
		}
	}
}

// TestSQLiteClasses has the retry classes of SQLite, whose codes stand in its own header.
func TestSQLiteClasses(t *testing.T) {
	got := map[catalog.Class][]string{}
	for _, s := range load(t, "sqlite").Spaces {
		for _, c := range s.Codes {
			if c.Retryable() {
				got[c.Retry] = append(got[c.Retry], s.Name+" "+c.Condition)
			}
		}
	}
	want := map[catalog.Class][]string{
		catalog.Transient:   {"extended BUSY", "extended PROTOCOL", "extended BUSY_RECOVERY", "extended LOCKED_SHAREDCACHE", "extended BUSY_TIMEOUT", "primary BUSY", "primary PROTOCOL"},
		catalog.Transaction: {"extended ABORT_ROLLBACK", "extended BUSY_SNAPSHOT"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestMeanings wants a meaning for every code that people meet.
func TestMeanings(t *testing.T) {
	met := map[string][]string{
		"mysql": strings.Fields("1040 1045 1048 1049 1062 1205 1213 1264 1292 1364 1406 1451 1452 3572"),
	}
	for _, c := range load(t, "postgresql").Spaces[0].Codes {
		if slices.Contains([]string{"08", "23", "25", "40", "53", "57"}, c.Group) {
			met["postgresql"] = append(met["postgresql"], c.Value.String())
		}
	}
	met["postgresql"] = append(met["postgresql"], "22P02", "42P01", "42501", "55P03")
	for _, name := range []string{"grpc", "sqlite", "rongcloud"} {
		for _, s := range load(t, name).Spaces {
			for _, c := range s.Codes {
				met[name] = append(met[name], c.Value.String())
			}
		}
	}
	for name, codes := range met {
		for _, s := range load(t, name).Spaces {
			for _, c := range s.Codes {
				if c.Meaning == "" && (slices.Contains(codes, c.Value.String()) || c.Retry != catalog.Permanent) {
					t.Errorf("%s: %v has no meaning", name, c)
				}
				if strings.HasSuffix(c.Meaning, ".") || c.Meaning != strings.TrimSpace(c.Meaning) {
					t.Errorf("%s: %v means %q; a meaning is a clause", name, c, c.Meaning)
				}
			}
		}
	}
}

package catalog_test

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"go/constant"
	"go/token"
	"math"
	"slices"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

var values = []catalog.Value{
	{},
	catalog.IntValue(math.MinInt64), catalog.IntValue(-1), catalog.IntValue(0), catalog.IntValue(8006), catalog.IntValue(math.MaxInt64),
	catalog.StringValue(""), catalog.StringValue("08006"), catalog.StringValue("0800a"), catalog.StringValue("40P01"), catalog.StringValue("8006"),
}

func TestValue(t *testing.T) {
	tests := []struct {
		v             catalog.Value
		kind          catalog.Kind
		text, literal string
	}{
		{catalog.Value{}, catalog.NoKind, "", ""},
		{catalog.IntValue(-1), catalog.IntKind, "-1", "-1"},
		{catalog.IntValue(1008), catalog.IntKind, "1008", "1008"},
		{catalog.StringValue("1008"), catalog.StringKind, "1008", `"1008"`},
		{catalog.StringValue(""), catalog.StringKind, "", `""`},
	}
	for _, test := range tests {
		if v := test.v; v.Kind() != test.kind || v.String() != test.text || v.Literal() != test.literal || v.IsZero() != (test.kind == catalog.NoKind) {
			t.Errorf("%#v is a %v, %q, literal %s", v, v.Kind(), v, v.Literal())
		}
	}
	if n, ok := catalog.IntValue(7).Int(); n != 7 || !ok {
		t.Errorf("Int() = %d, %t", n, ok)
	}
	if s, ok := catalog.StringValue("7").Text(); s != "7" || !ok {
		t.Errorf("Text() = %q, %t", s, ok)
	}
	if _, ok := catalog.StringValue("7").Int(); ok {
		t.Error("a string code is an integer")
	}
	if _, ok := catalog.IntValue(7).Text(); ok {
		t.Error("an integer code is a string")
	}
}

// TestValueOrder wants values of all kinds to differ, and to be in one order.
func TestValueOrder(t *testing.T) {
	for i, v := range values {
		for k, w := range values {
			if want := i == k; (v == w) != want || v.Equal(w) != want {
				t.Errorf("%#v == %#v is %t", v, w, v == w)
			}
			if got, want := v.Compare(w), min(max(i-k, -1), 1); got != want {
				t.Errorf("%#v.Compare(%#v) = %d, want %d", v, w, got, want)
			}
		}
	}
	sorted := slices.Clone(values)
	slices.Reverse(sorted)
	slices.SortFunc(sorted, catalog.Value.Compare)
	if diff := cmp.Diff(values, sorted); diff != "" {
		t.Error(diff)
	}
}

func TestValueGob(t *testing.T) {
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(values); err != nil {
		t.Fatal(err)
	}
	var got []catalog.Value
	if err := gob.NewDecoder(&b).Decode(&got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(values, got); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []string{"\x01", "\x01x", "\x01" + "99999999999999999999", "\x03a"} {
		if err := new(catalog.Value).GobDecode([]byte(bad)); err == nil {
			t.Errorf("%q was decoded", bad)
		}
	}
}

func TestValueYAML(t *testing.T) {
	for v, want := range map[catalog.Value]string{
		catalog.IntValue(1008):        "1008\n",
		catalog.StringValue("40001"):  "\"40001\"\n",
		catalog.StringValue("40P01"):  "\"40P01\"\n",
		catalog.StringValue("2E000"):  "\"2E000\"\n",
		catalog.StringValue("08006"):  "\"08006\"\n",
		catalog.StringValue("needed"): "\"needed\"\n",
	} {
		got, err := yaml.Marshal(v)
		if err != nil || string(got) != want {
			t.Errorf("%#v is written as %q (%v), want %q", v, got, err, want)
		}
		var back catalog.Value
		if err := yaml.Unmarshal(got, &back); err != nil || back != v {
			t.Errorf("%s is read as %#v (%v)", got, back, err)
		}
	}
	for _, bad := range []string{"2E000", "1.5", "99999999999999999999", "true", "40P01", "08006", "[1]", "{}"} {
		var v catalog.Value
		if err := yaml.Unmarshal([]byte(bad), &v); err == nil {
			t.Errorf("%s is read as %#v", bad, v)
		}
	}
}

func TestValueOf(t *testing.T) {
	big := constant.Shift(constant.MakeInt64(1), token.SHL, 63)
	tests := []struct {
		c    constant.Value
		kind catalog.Kind
		want catalog.Value
	}{
		{constant.MakeInt64(5), catalog.IntKind, catalog.IntValue(5)},
		{constant.MakeInt64(-5), catalog.IntKind, catalog.IntValue(-5)},
		{constant.MakeFloat64(5), catalog.IntKind, catalog.IntValue(5)},
		{constant.MakeFloat64(5.5), catalog.IntKind, catalog.Value{}},
		{constant.ToComplex(constant.MakeInt64(5)), catalog.IntKind, catalog.IntValue(5)},
		{big, catalog.IntKind, catalog.Value{}},
		{constant.MakeInt64(math.MaxInt64), catalog.IntKind, catalog.IntValue(math.MaxInt64)},
		{constant.MakeString("5"), catalog.IntKind, catalog.Value{}},
		{constant.MakeBool(true), catalog.IntKind, catalog.Value{}},
		{constant.MakeString("40P01"), catalog.StringKind, catalog.StringValue("40P01")},
		{constant.MakeInt64(40001), catalog.StringKind, catalog.Value{}},
		{constant.MakeUnknown(), catalog.IntKind, catalog.Value{}},
		{constant.MakeUnknown(), catalog.StringKind, catalog.Value{}},
		{nil, catalog.IntKind, catalog.Value{}},
		{constant.MakeInt64(5), catalog.NoKind, catalog.Value{}},
	}
	for _, test := range tests {
		got, ok := catalog.ValueOf(test.c, test.kind)
		if got != test.want || ok == test.want.IsZero() {
			t.Errorf("ValueOf(%v, %v) = %#v, %t; want %#v", test.c, test.kind, got, ok, test.want)
		}
	}
	for _, v := range values {
		c := v.Constant()
		if v.IsZero() {
			if c != nil {
				t.Errorf("the zero Value is the constant %v", c)
			}
			continue
		}
		if back, ok := catalog.ValueOf(c, v.Kind()); !ok || back != v {
			t.Errorf("%#v is %#v after the way to a constant and back", v, back)
		}
	}
}

func ExampleValue() {
	fmt.Println(catalog.IntValue(1008), catalog.StringValue("40P01"))
	fmt.Println(catalog.IntValue(8006) == catalog.StringValue("08006"))
	// Output:
	// 1008 40P01
	// false
}

//lint:file-ignore SA5008,U1000 the shapes are as odd as encoding/json allows

package origin

// Shapes whose fields the test compares with what encoding/json does. The file
// imports nothing, so that the test can check it alone.

type (
	number int64

	tagged struct {
		N int `json:"code"`
	}
	untagged struct{ Code int }
	upper    struct{ CODE uint16 }
	tagCase  struct {
		N number `json:"Code"`
	}
	options struct {
		N int `json:"code,omitempty"`
	}
	emptyName struct {
		Code int `json:",omitempty"`
	}
	dash struct {
		Code int `json:"-"`
	}
	dashName struct {
		Code int `json:"-,"`
	}
	quoted struct {
		Code int `json:",string"`
	}
	renamed struct {
		Code int `json:"status"`
	}
	text     struct{ Code string }
	float    struct{ Code float64 }
	pointer  struct{ Code *int }
	anything struct{ Code any }
	hidden   struct {
		code int
	}
	badName struct {
		Code int `json:"status\\"`
	}
	otherTag struct {
		N int `xml:"code"`
	}
	exactFirst struct {
		CODE int
		N    int `json:"code"`
	}
	foldFirst struct {
		CODE int
		Code int
	}
	foldText struct {
		CODE string
		Code int
	}
	tagWins struct {
		Code int
		B    int `json:"Code"`
	}

	Base      struct{ Code int }
	base      struct{ Code int }
	Other     struct{ Code int }
	Plain     struct{ Code int }
	Text      struct{ Code string }
	Deep      struct{ Base }
	DeepOther struct{ Other }
	promoted  struct{ Base }
	byPointer struct{ *Base }
	lowerBase struct{ base }
	named     struct {
		Base `json:"base"`
	}
	skippedBase struct {
		Base `json:"-"`
	}
	shadowed struct {
		Base
		Code string
	}
	shadows struct {
		Text
		Code int
	}
	clash struct {
		Base
		Other
	}
	tagBreaks struct {
		Plain
		N struct{} `json:"n"`
		Tagged
	}
	Tagged struct {
		N int `json:"Code"`
	}
	depth struct {
		Deep
		Other
	}
	diamond struct {
		Deep
		DeepOther
	}
	sameTwice struct {
		Left
		Right
	}
	Left   struct{ Base }
	Right  struct{ Base }
	Number int
	Code   int
	code   int

	embeddedInt      struct{ Code }
	embeddedLower    struct{ code }
	embeddedOtherInt struct {
		Number `json:"code"`
	}
	viaAlias       struct{ Alias }
	Alias          = Base
	generic[T any] struct {
		Code T
		Data []T
	}
	Cyclic struct {
		*Cyclic
		Code int
	}
	custom   struct{ Code int }
	Custom   struct{ Code int }
	inherits struct {
		Custom
		Code int
	}
)

func (*custom) UnmarshalJSON([]byte) error { return nil }
func (*Custom) UnmarshalJSON([]byte) error { return nil }

// shapes holds a pointer to each of them.
var shapes = map[string]any{
	"tagged":           new(tagged),
	"untagged":         new(untagged),
	"upper":            new(upper),
	"tagCase":          new(tagCase),
	"options":          new(options),
	"emptyName":        new(emptyName),
	"dash":             new(dash),
	"dashName":         new(dashName),
	"quoted":           new(quoted),
	"renamed":          new(renamed),
	"text":             new(text),
	"float":            new(float),
	"pointer":          new(pointer),
	"anything":         new(anything),
	"hidden":           new(hidden),
	"badName":          new(badName),
	"otherTag":         new(otherTag),
	"exactFirst":       new(exactFirst),
	"foldFirst":        new(foldFirst),
	"foldText":         new(foldText),
	"tagWins":          new(tagWins),
	"promoted":         new(promoted),
	"byPointer":        &byPointer{new(Base)},
	"lowerBase":        new(lowerBase),
	"named":            new(named),
	"skippedBase":      new(skippedBase),
	"shadowed":         new(shadowed),
	"shadows":          new(shadows),
	"clash":            new(clash),
	"tagBreaks":        new(tagBreaks),
	"depth":            new(depth),
	"diamond":          new(diamond),
	"sameTwice":        new(sameTwice),
	"embeddedInt":      new(embeddedInt),
	"embeddedLower":    new(embeddedLower),
	"embeddedOtherInt": new(embeddedOtherInt),
	"viaAlias":         new(viaAlias),
	"intGeneric":       new(generic[int32]),
	"textGeneric":      new(generic[string]),
	"Cyclic":           new(Cyclic),
	"custom":           new(custom),
	"inherits":         new(inherits),
}

type (
	intGeneric  = generic[int32]
	textGeneric = generic[string]
)

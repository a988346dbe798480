package report

import "strings"

// An Action is one thing that a function does for the codes of a class.
type Action struct {
	// Kind is what is done.
	Kind ActionKind `json:"kind"`
	// Detail says with what, as the kind asks: an error's name, a status, a call.
	Detail string `json:"detail,omitempty"`
	// At is where it is done.
	At Position `json:"at,omitzero"`
}

// An ActionKind is what can be done about a code, in the words of the field.
type ActionKind string

// The kinds of actions, with what Detail says.
const (
	RetriedAtOnce ActionKind = "retried-at-once" // the call is repeated without a pause
	Retried       ActionKind = "retried"         // the call is repeated after a pause
	Exits         ActionKind = "exits"           // the process ends; Detail: by which call
	Fallback      ActionKind = "fallback"        // another call's result is used; Detail: the call
	Answered      ActionKind = "answered"        // the own client is answered; Detail: "HTTP 409"
	Mapped        ActionKind = "mapped"          // a fixed error is returned; Detail: "ErrConflict"
	Wrapped       ActionKind = "wrapped"         // returned inside another error (%w, Join, Unwrap)
	Returned      ActionKind = "returned"        // returned as it is
	Passed        ActionKind = "passed"          // given to a function that may look; Detail: which
	Stored        ActionKind = "stored"          // kept or sent; Detail: the field or channel
	Result        ActionKind = "result"          // another result is returned; Detail: "true"
	Called        ActionKind = "called"          // something else is done; Detail: the call
	Replaced      ActionKind = "replaced"        // an error without the code is returned; Detail: how
	Continued     ActionKind = "continued"       // the function goes on as on success
	Logged        ActionKind = "logged"          // logged; with nothing else, the failure is swallowed
	Dropped       ActionKind = "dropped"         // nothing is done
	Undecided     ActionKind = "undecided"       // the analysis could not follow; Detail: why
)

// A kind has its words, those in front of a detail, and the outcome that it is of.
type kind struct {
	kind         ActionKind
	alone, ahead string
	outcome      Outcome
}

// kinds are in the order in which one speaks for a class that does several things.
func kinds() []kind {
	return []kind{
		{RetriedAtOnce, "retried without a pause", "", OutcomeHurried},
		{Retried, "retried after a pause", "", OutcomeRetried},
		{Exits, "ends the process", "ends the process: ", OutcomeEnded},
		{Fallback, "another call is made", "falls back on ", OutcomeSettled},
		{Answered, "answered", "answered with ", OutcomeSettled},
		{Mapped, "mapped to an error of its own", "mapped to ", OutcomeSettled},
		{Wrapped, "wrapped", "", OutcomeHandedOn},
		{Returned, "returned", "", OutcomeHandedOn},
		{Passed, "passed on", "passed to ", OutcomeHandedOn},
		{Stored, "stored", "stored in ", OutcomeHandedOn},
		{Result, "another result is returned", "returns ", OutcomeSettled},
		{Called, "something else is done", "calls ", OutcomeSettled},
		{Replaced, "returned as an error without the code", "returned without the code: ", OutcomeSettled},
		{Continued, "goes on as on success", "", OutcomeSwallowed},
		{Logged, "logged only", "", OutcomeSwallowed},
		{Dropped, "dropped", "", OutcomeSwallowed},
		{Undecided, "not followed", "not followed: ", OutcomeUndecided},
	}
}

// kindOf returns what is known of k and its place in kinds.
func kindOf(k ActionKind) (kind, int) {
	all := kinds()
	for i, known := range all {
		if known.kind == k {
			return known, i
		}
	}
	return kind{kind: k, alone: string(k), outcome: OutcomeUndecided}, len(all)
}

// String returns the action in a few words: "mapped to ErrConflict".
func (a Action) String() string {
	k, _ := kindOf(a.Kind)
	switch {
	case a.Detail == "":
		return k.alone
	case k.ahead == "":
		return k.alone + " (" + a.Detail + ")"
	}
	return k.ahead + a.Detail
}

// String returns what is done for the class: "logged, retried after a pause, wrapped".
func (c *Class) String() string {
	if len(c.Actions) == 0 {
		if c.Success {
			return "goes on"
		}
		return Action{Kind: Dropped}.String()
	}
	var words []string
	for _, a := range c.Actions {
		if a.Kind == Logged && len(c.Actions) > 1 {
			words = append(words, "logged")
			continue
		}
		words = append(words, a.String())
	}
	return strings.Join(words, ", ")
}

// Main returns the action that speaks for the class: a retry before an answer, an answer
// before a log line. Without actions it is Dropped.
func (c *Class) Main() Action {
	main, best := Action{Kind: Dropped}, len(kinds())+1
	for _, a := range c.Actions {
		if _, i := kindOf(a.Kind); i < best {
			main, best = a, i
		}
	}
	return main
}

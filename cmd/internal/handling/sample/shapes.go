package sample

import "github.com/go-retcode/retcode/analyzer/report"

// A shape is a function as people write it and what is to be said of it. In its source
// ⟦tag|text⟧ marks a place, T stands for a receiver's type, F for a function's name and
// N for a noun.
type shape struct {
	space, call string
	carrier     report.Carrier
	source      string
	classes     []class
	named       []report.Value
	untold      []report.Value
	findings    []finding
	path        []step
}

type class struct {
	codes   []report.Value
	rest    bool
	success bool
	actions []action
}

type action struct {
	kind        report.ActionKind
	detail, tag string
}

type finding struct {
	category, message, tag string
	reason                 string // of a silenced one
	related                []step
}

type step struct{ tag, text string }

func ints(list ...int64) []report.Value {
	var out []report.Value
	for _, n := range list {
		out = append(out, report.Int(n))
	}
	return out
}

func texts(list ...string) []report.Value {
	var out []report.Value
	for _, s := range list {
		out = append(out, report.Text(s))
	}
	return out
}

func anError() report.Carrier { return report.Carrier{Kind: report.CarrierError, Name: "err"} }

// nilIsSuccess is what every function does when a call did not fail.
func nilIsSuccess() class { return class{success: true} }

func databases() []shape {
	return []shape{
		{
			space: "postgresql/sqlstate", call: "(*pgxpool.Pool).BeginFunc", carrier: anError(),
			source: `func (s *T) F(ctx context.Context, o N) error {
	for attempt := range 5 {
		err := ⟦call|s.db.BeginFunc(ctx, func(tx pgx.Tx) error { return insertN(ctx, tx, o) })⟧
		var pg *pgconn.PgError
		if err == nil || ⟦as|!errors.As(err, &pg)⟧ {
			return err
		}
		switch ⟦decision|pg.Code⟧ {
		case pgerrcode.SerializationFailure, pgerrcode.DeadlockDetected:
			⟦wait|time.Sleep(backoff(attempt))⟧
		case pgerrcode.UniqueViolation:
			⟦map|return ErrExists⟧
		default:
			⟦wrap|return fmt.Errorf("store N: %w", err)⟧
		}
	}
	return ErrBusy
}`,
			classes: []class{
				nilIsSuccess(),
				{codes: texts("23505"), actions: []action{{report.Mapped, "ErrExists", "map"}}},
				{codes: texts("40001", "40P01"), actions: []action{{report.Retried, "", "wait"}}},
				{rest: true, actions: []action{{report.Wrapped, "", "wrap"}}},
			},
			named: texts("40001", "40P01", "23505"),
			path:  []step{{"call", "the call answers err"}, {"as", "err is asked for a *pgconn.PgError"}, {"decision", "its Code is compared"}},
		},
		{
			space: "postgresql/sqlstate", call: "(*sql.DB).ExecContext", carrier: anError(),
			source: `func (s *T) F(ctx context.Context, o N) error {
	_, err := ⟦call|s.db.ExecContext(ctx, insertN, o.ID, o.Total)⟧
	var pg *pq.Error
	if ⟦decision|errors.As(err, &pg) && pg.Code == "23505"⟧ {
		⟦map|return ErrDuplicate⟧
	}
	⟦return|return err⟧
}`,
			classes: []class{
				nilIsSuccess(),
				{codes: texts("23505"), actions: []action{{report.Mapped, "ErrDuplicate", "map"}}},
				{rest: true, actions: []action{{report.Returned, "", "return"}}},
			},
			named:    texts("23505"),
			findings: []finding{{category: "magic", message: `"23505" is a PostgreSQL code; write pqerror.UniqueViolation (magic)`, tag: "decision"}},
			path:     []step{{"call", "the call answers err"}, {"decision", "its Code is compared"}},
		},
		{
			space: "postgresql/sqlstate", call: "(*pgxpool.Pool).Exec", carrier: anError(),
			source: `func (s *T) F(ctx context.Context, id string) error {
	for {
		_, err := ⟦call|s.db.Exec(ctx, updateN, id)⟧
		var pg *pgconn.PgError
		if errors.As(err, &pg) && ⟦decision|pg.Code == pgerrcode.SerializationFailure⟧ {
			⟦again|continue⟧
		}
		if err != nil {
			⟦lost|return fmt.Errorf("update N %s: %v", id, err)⟧
		}
		return nil
	}
}`,
			classes: []class{
				nilIsSuccess(),
				{codes: texts("40001"), actions: []action{{report.RetriedAtOnce, "", "again"}}},
				{rest: true, actions: []action{{report.Replaced, "%v", "lost"}}},
			},
			named:  texts("40001"),
			untold: texts("08000", "08001", "08003", "08006", "40P01", "53200", "53300", "55P03", "57P01", "57P02", "57P03"),
			findings: []finding{
				{category: "retry", message: "this loop has no end for 40001 (SerializationFailure) (retry)", tag: "call", related: []step{{"again", "the way back"}}},
				{category: "retryable", message: "40001 (SerializationFailure) is retried, and 40P01 (DeadlockDetected) is not (retryable)", tag: "decision"},
			},
			path: []step{{"call", "the call answers err"}, {"decision", "its Code is compared"}},
		},
	}
}

func services() []shape {
	return []shape{
		{
			space: "grpc/code", call: "(inventory.StockClient).Reserve", carrier: anError(),
			source: `func (c *T) F(ctx context.Context, id string) (*N, error) {
	for attempt := range 4 {
		res, err := ⟦call|c.stock.Reserve(ctx, &inventory.ReserveRequest{Id: id})⟧
		switch ⟦decision|status.Code(err)⟧ {
		case codes.OK:
			return res.N, nil
		case codes.Unavailable, codes.ResourceExhausted, codes.Aborted:
			⟦wait|c.pause(ctx, attempt)⟧
		case codes.NotFound:
			⟦map|return nil, ErrNoSuchN⟧
		default:
			⟦wrap|return nil, fmt.Errorf("reserve: %w", err)⟧
		}
	}
	return nil, ErrBusy
}`,
			classes: []class{
				{codes: ints(0), success: true},
				{codes: ints(5), actions: []action{{report.Mapped, "ErrNoSuchN", "map"}}},
				{codes: ints(8, 10, 14), actions: []action{{report.Retried, "", "wait"}}},
				{rest: true, actions: []action{{report.Wrapped, "", "wrap"}}},
			},
			named: ints(5, 8, 10, 14),
			path:  []step{{"call", "the call answers err"}, {"decision", "its status is asked for"}},
		},
		{
			space: "grpc/code", call: "(pricing.QuoteClient).Quote", carrier: anError(),
			source: `func (h *T) F(w http.ResponseWriter, r *http.Request) {
	q, err := ⟦call|h.quotes.Quote(r.Context(), request(r))⟧
	switch ⟦decision|status.Code(err)⟧ {
	case codes.NotFound:
		⟦four|http.Error(w, "no such N", http.StatusNotFound)⟧
		return
	case codes.AlreadyExists, codes.Aborted:
		⟦nine|http.Error(w, "try another N", http.StatusConflict)⟧
		return
	}
	if err != nil {
		⟦five|http.Error(w, "upstream", http.StatusBadGateway)⟧
		return
	}
	encode(w, q)
}`,
			classes: []class{
				{codes: ints(0), success: true},
				{codes: ints(5), actions: []action{{report.Answered, "HTTP 404", "four"}}},
				{codes: ints(6, 10), actions: []action{{report.Answered, "HTTP 409", "nine"}}},
				{rest: true, actions: []action{{report.Answered, "HTTP 502", "five"}}},
			},
			named:  ints(5, 6, 10),
			untold: ints(8, 14),
			path:   []step{{"call", "the call answers err"}, {"decision", "its status is asked for"}},
		},
		{
			space: "grpc/code", call: "(audit.LogClient).Append", carrier: anError(),
			source: `func (c *T) F(ctx context.Context, n N) {
	_, err := ⟦call|c.audit.Append(ctx, &audit.Entry{Subject: n.ID})⟧
	if ⟦decision|status.Code(err) == codes.Unavailable⟧ {
		⟦again|_, err = c.audit.Append(ctx, &audit.Entry{Subject: n.ID})⟧
	}
	if err != nil {
		⟦log|slog.Warn("audit", "error", err)⟧
	}
}`,
			classes: []class{
				{codes: ints(0), success: true},
				{codes: ints(14), actions: []action{{report.RetriedAtOnce, "", "again"}, {report.Logged, "", "log"}}},
				{rest: true, actions: []action{{report.Logged, "", "log"}}},
			},
			named: ints(14),
			findings: []finding{{
				category: "retry", message: "14 (Unavailable) is called again without a pause (retry)", tag: "again",
				related: []step{{"decision", "the code is told apart here"}},
			}},
			path: []step{{"call", "the call answers err"}, {"decision", "its status is asked for"}},
		},
	}
}

func messages() []shape {
	return []shape{
		{
			space: "rongcloud/business", call: "(*rcsdk.RongCloud).PrivateSend", carrier: anError(),
			source: `func (c *T) F(m N) error {
	err := ⟦call|c.rc.PrivateSend(m.From, m.To, "RC:TxtMsg", m.Body)⟧
	if ⟦decision|err != nil⟧ {
		⟦lost|return fmt.Errorf("send N: %v", err)⟧
	}
	return nil
}`,
			classes: []class{nilIsSuccess(), {rest: true, actions: []action{{report.Replaced, "%v", "lost"}}}},
			untold:  ints(1008, 1050, 24356, 24402, 25416, 26003, 28402, 29001, 29003, 29007),
			findings: []finding{{
				category: "retryable", tag: "lost",
				message: "the code of (*rcsdk.RongCloud).PrivateSend's error is lost here: callers can no longer tell 1008 (RateLimited) and 1050 (ServiceTimeout) from other failures (retryable)",
				related: []step{{"call", "the call that answers the code"}},
			}},
			path: []step{{"call", "the call answers err"}, {"decision", "failure parts from success"}},
		},
		{
			space: "rongcloud/business", call: "(*rcsdk.RongCloud).GroupJoin", carrier: anError(),
			source: `func (c *T) F(group string, members ...string) error {
	for attempt := range 3 {
		err := ⟦call|c.rc.GroupJoin(members, group)⟧
		var res rcsdk.CodeResult
		if err == nil || ⟦as|!errors.As(err, &res)⟧ {
			return err
		}
		⟦decision|switch res.Code⟧ {
		case codes.RateLimited:
			⟦wait|time.Sleep(time.Second << attempt)⟧
		case codes.GroupAlreadyMember:
			⟦ok|return nil⟧
		default:
			⟦wrap|return &JoinError{Group: group}⟧
		}
	}
	return ErrBusy
}`,
			classes: []class{
				nilIsSuccess(),
				{codes: ints(1008), actions: []action{{report.Retried, "", "wait"}}},
				{codes: ints(25427), actions: []action{{report.Result, "nil", "ok"}}},
				{rest: true, actions: []action{{report.Mapped, "*JoinError", "wrap"}}},
			},
			named:  ints(1008, 25427),
			untold: ints(1050, 24356, 24402, 25416, 26003, 28402, 29001, 29003, 29007),
			findings: []finding{{
				category: "switch", tag: "decision",
				message: "switch on a RongCloud return code omits 1050 (ServiceTimeout) and 25416 (QueryRateLimited), which may succeed when called again; now they are treated like every other failure (switch)",
			}},
			path: []step{{"call", "the call answers err"}, {"as", "err is asked for a CodeResult"}, {"decision", "its Code is compared"}},
		},
		{
			space: "rongcloud/business", call: "(*rcsdk.RongCloud).UserRegister", carrier: anError(),
			source: `func (c *T) F(ctx context.Context, n N) (string, error) {
	token, err := ⟦call|c.rc.UserRegister(n.ID, n.Name, n.Portrait)⟧
	⟦decision|return token, err⟧
}`,
			classes: []class{{success: true, rest: false}, {rest: true, actions: []action{{report.Returned, "", "decision"}}}},
			path:    []step{{"call", "the call answers err"}, {"decision", "err is handed on"}},
		},
		{
			space: "rongcloud/business", call: "(*rcsdk.RongCloud).BlockRemove", carrier: anError(),
			source: `func (c *T) F(n N) {
	⟦call|_ = c.rc.BlockRemove(n.ID)⟧ //retcode:ignore unchecked the user is gone, and nobody could act on it
}`,
			classes: []class{nilIsSuccess(), {rest: true, actions: []action{{report.Dropped, "", "call"}}}},
			findings: []finding{{
				category: "unchecked", tag: "call", message: "the error of (*rcsdk.RongCloud).BlockRemove is dropped: a failure passes as success (unchecked)",
				reason: "the user is gone, and nobody could act on it",
			}},
		},
		{
			space: "rongcloud/business", call: "(*rcsdk.RongCloud).ChatRoomCreate", carrier: anError(),
			source: `func (c *T) F(id string) {
	if err := ⟦call|c.rc.ChatRoomCreate(id)⟧; ⟦decision|err != nil⟧ {
		⟦exit|log.Fatalf("room for N %s: %v", id, err)⟧
	}
}`,
			classes: []class{nilIsSuccess(), {rest: true, actions: []action{{report.Exits, "log.Fatalf", "exit"}}}},
			path:    []step{{"call", "the call answers err"}, {"decision", "failure parts from success"}},
		},
	}
}

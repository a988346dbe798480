// Package im wraps the messaging SDK.
package im

import (
	"errors"
	"fmt"
	"log"

	"example.com/backend/errs"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

var (
	ErrGroupNotFound = errors.New("im: no such group")
	ErrCreate        = errors.New("im: cannot create the group")
	ErrBusy          = errors.New("im: busy, try again")
	ErrRefused       = errors.New("im: refused")
	ErrFull          = errors.New("im: limit reached")
	ErrDone          = errors.New("im: done before")
)

// Client is the wrapped SDK.
type Client struct{ rc *sdk.RongCloud }

// New makes a client.
func New(key, secret string) *Client {
	return &Client{rc: sdk.NewRongCloud(key, secret, sdk.REGION_BJ)}
}

// Register yields a token.
func (c *Client) Register(id, name, portrait string) (string, error) {
	u, err := c.rc.UserRegister(id, name, portrait)
	if err != nil {
		return "", fmt.Errorf("registering %s: %w", id, err)
	}
	return u.Token, nil
}

// Update changes a profile.
func (c *Client) Update(id, name, portrait string) error {
	return annotate("update", c.rc.UserUpdate(id, name, portrait))
}

func annotate(op string, err error) error {
	if err == nil {
		return nil
	}
	log.Printf("im: %s: %v", op, err)
	return &errs.Error{Op: op, Err: err}
}

// Group returns a group, or ErrGroupNotFound.
func (c *Client) Group(id string) (sdk.Group, error) {
	g, err := c.rc.GroupGet(id)
	if errs.CodeOf(err) == errs.GroupNotFound {
		return g, ErrGroupNotFound
	}
	if err != nil {
		return g, fmt.Errorf("group %s: %w", id, err)
	}
	return g, nil
}

// CreateGroup is idempotent.
func (c *Client) CreateGroup(id, name string, members []string) error {
	_, err := c.rc.GroupCreate(id, name, members)
	if err != nil && errs.CodeOf(err) != errs.GroupAlreadyExists {
		return errs.Wrap("create group", err)
	}
	return nil
}

// CreateOnce is idempotent, too, for the importer.
func (c *Client) CreateOnce(id, name string, members []string) error {
	_, err := c.rc.GroupCreate(id, name, members)
	if errs.CodeOf(err) == errs.GroupAlreadyExists { // want `\(retryable\)`
		return nil
	}
	if err != nil {
		log.Printf("im: creating %s: %v", id, err)
		return ErrCreate
	}
	return nil
}

// EnsureGroup creates a group that does not exist.
func (c *Client) EnsureGroup(id, name string, members []string) error {
	_, err := c.rc.GroupGet(id)
	if err == nil {
		return nil
	}
	if errs.CodeOf(err) != errs.GroupNotFound {
		return fmt.Errorf("looking for %s: %w", id, err)
	}
	if _, err := c.rc.GroupCreate(id, name, members); err != nil {
		return fmt.Errorf("creating %s: %w", id, err)
	}
	return nil
}

// OpenGroup returns a group and makes it before if need be.
func (c *Client) OpenGroup(id, name string, members []string) (sdk.Group, error) {
	g, err := c.rc.GroupGet(id)
	if err != nil { // want `\(retryable\)`
		if _, err := c.rc.GroupCreate(id, name, members); err != nil {
			return g, fmt.Errorf("creating %s: %w", id, err)
		}
		g.ID = id
	}
	return g, nil
}

// SaveUser updates a user, or registers it.
func (c *Client) SaveUser(id, name, portrait string) error {
	if err := c.rc.UserUpdate(id, name, portrait); err != nil { // want `\(retryable\)`
		if _, err := c.rc.UserRegister(id, name, portrait); err != nil {
			return errs.Wrap("save user", err)
		}
	}
	return nil
}

// Online says whether a user is online.
func (c *Client) Online(id string) bool {
	status, err := c.rc.OnlineStatusCheck(id)
	if err != nil {
		return false // want `\(retryable\)`
	}
	return status == 1
}

// Status is Online for those who want to know.
func (c *Client) Status(id string) (online bool, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("status of %s: %w", id, err)
		}
	}()
	status, err := c.rc.OnlineStatusCheck(id)
	if err != nil {
		return false, err
	}
	return status == 1, nil
}

// Block blocks a user.
func (c *Client) Block(id string, minutes uint64) error {
	if err := c.rc.BlockAdd(id, minutes); err != nil {
		return fmt.Errorf("blocking %s: %v", id, err) // want `\(retryable\)`
	}
	return nil
}

// Unblock checks its argument as the SDK does.
func (c *Client) Unblock(id string) error {
	if id == "" {
		return sdk.RCErrorNew(errs.InvalidParameter, "id is required")
	}
	if len(id) > 64 {
		return sdk.RCErrorNew(errs.AppBadArgument, "id is too long") // want `\(unknown\)`
	}
	return c.rc.BlockRemove(id)
}

// Befriend checks its arguments first.
func (c *Client) Befriend(from, to string) error {
	if from == to {
		return sdk.RCErrorNew(1002, "nobody befriends himself") // want `\(magic\)`
	}
	_, err := c.rc.FriendAdd(sdk.FriendModel{UserId: from, TargetId: to})
	switch errs.CodeOf(err) { // want `\(switch\)`
	case errs.AlreadyFriends:
		return nil
	case errs.FriendListFull:
		return ErrFull
	case errs.BlockedByTarget:
		return ErrRefused
	}
	return err
}

// Dismiss ends a group.
func (c *Client) Dismiss(id, owner string) error {
	_, err := c.rc.GroupDismiss(id, owner)
	var cr *sdk.CodeResult
	if errors.As(err, &cr) && cr.Code == errs.GroupNotFound { // want `\(target\)`
		return nil
	}
	return err
}

// DismissCommunity ends a community channel.
func (c *Client) DismissCommunity(id string) error {
	err, requestID := c.rc.UGGroupDismiss(id)
	if cr, ok := errors.AsType[sdk.CodeResult](err); ok && cr.Code == errs.CommunityNotFound { // want `\(target\)`
		return nil
	}
	if err != nil {
		return fmt.Errorf("dismissing %s (%s): %w", id, requestID, err)
	}
	return nil
}

// CreateCommunity makes a community channel.
func (c *Client) CreateCommunity(owner, id, name string) error {
	err, requestID := c.rc.UGGroupCreate(owner, id, name)
	if cr, ok := errors.AsType[sdk.CodeResultV2](err); ok && cr.Code == errs.CommunityLimitExceeded {
		return ErrFull
	}
	if err != nil {
		return fmt.Errorf("creating %s (%s): %w", id, requestID, err)
	}
	return nil
}

// Deactivate asks for a user's deactivation.
func (c *Client) Deactivate(id string) error {
	_, err := c.rc.UserDeactivate([]string{id})
	if err == nil {
		return nil
	}
	switch errs.CodeOf(err) {
	case errs.DuplicateDeactivation:
		return ErrDone
	case errs.DeactivationInProgress, errs.RateLimited, errs.ServiceTimeout:
		return ErrBusy
	default:
		return ErrRefused
	}
}

var joinErrors = map[int]error{
	errs.GroupNotFound:    ErrGroupNotFound,
	errs.GroupFull:        ErrFull,
	errs.RateLimited:      ErrBusy,
	errs.ServiceTimeout:   ErrBusy,
	errs.QueryRateLimited: ErrBusy,
}

// Join adds a member.
func (c *Client) Join(group, user string) error {
	_, err := c.rc.GroupJoin(group, "", []string{user})
	if err == nil {
		return nil
	}
	if e, ok := joinErrors[errs.CodeOf(err)]; ok {
		return e
	}
	return ErrRefused
}

var friendErrors = map[int]error{
	errs.FriendListFull:  ErrFull,
	errs.BlockedByTarget: ErrRefused,
}

// Follow keeps what the table does not know.
func (c *Client) Follow(from, to string) error {
	_, err := c.rc.FriendAdd(sdk.FriendModel{UserId: from, TargetId: to})
	if e, ok := friendErrors[errs.CodeOf(err)]; ok {
		return e
	}
	return annotate("follow", err)
}

// SendText sends a text.
func (c *Client) SendText(from, to, text string) (string, error) {
	res, err := c.rc.PrivateSend(from, []string{to}, "RC:TxtMsg", &sdk.TXTMsg{Content: text}, "", "", 1, 0, 1, 0, 0)
	if err != nil {
		return "", translate("send", err)
	}
	return res.MessageUID, nil
}

func translate(op string, err error) error {
	if errs.Retryable(err) {
		return ErrBusy
	}
	switch errs.CodeOf(err) {
	case errs.BlockedByTarget:
		return ErrRefused
	case errs.InvalidParameter:
		return errs.New(errs.KindInvalid, op, "bad parameter")
	}
	return errs.New(errs.KindInternal, op, "failed")
}

// Mute makes one user block others.
func (c *Client) Mute(id string, others []string) error {
	return observe("blacklist", func() error { return c.rc.BlacklistAdd(id, others) })
}

// History returns the last messages.
func (c *Client) History(user, target string) ([]string, error) {
	h, err := c.rc.GetPrivateHistoryMessage(sdk.QueryHistoryMessageModel{UserID: user, TargetID: target})
	if err != nil {
		return nil, errs.New(errs.KindInternal, "history", err.Error()) // want `\(retryable\)`
	}
	return h.Data, nil
}

// observe counts and passes on.
func observe(op string, call func() error) error {
	err := call()
	if err != nil {
		log.Printf("im: %s failed: %v", op, err)
	}
	return err
}

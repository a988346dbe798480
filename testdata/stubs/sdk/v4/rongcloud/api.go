package rongcloud

import (
	"context"
	"net/url"
	"strconv"
)

// StringPtr returns a pointer to s.
func StringPtr(s string) *string { return &s }

// StringValue returns what s points to.
func StringValue(s *string) string {
	if s != nil {
		return *s
	}
	return ""
}

// IntPtr returns a pointer to i.
func IntPtr(i int) *int { return &i }

// RCMsg is a message that can be sent.
type RCMsg interface {
	ObjectName() string
	ToString() (string, error)
}

// TXTMsg is a text message.
type TXTMsg struct{ Content string }

// ObjectName is the message's type.
func (m *TXTMsg) ObjectName() string { return "RC:TxtMsg" }

// ToString encodes the message.
func (m *TXTMsg) ToString() (string, error) { return strconv.Quote(m.Content), nil }

type UserGetTokenRequest struct {
	UserId, Name, PortraitUri *string
}

type UserGetTokenResponse struct {
	CodeResult
	httpResponseGetter `json:"-"`
	Token              string `json:"token"`
	UserId             string `json:"userId"`
}

// UserGetToken registers a user and yields a token.
func (rc *RongCloud) UserGetToken(ctx context.Context, req *UserGetTokenRequest) (*UserGetTokenResponse, error) {
	resp := &UserGetTokenResponse{}
	httpResp, err := rc.postForm(ctx, "/user/getToken.json", url.Values{"userId": {StringValue(req.UserId)}, "name": {StringValue(req.Name)}}, &resp)
	resp.httpResponseGetter = &rawResponse{httpResp}
	return resp, err
}

type UserBlockRequest struct {
	UserId *string
	Minute *int
}

type UserBlockResponse struct {
	CodeResult
	httpResponseGetter `json:"-"`
}

// UserBlock blocks a user.
func (rc *RongCloud) UserBlock(ctx context.Context, req *UserBlockRequest) (*UserBlockResponse, error) {
	resp := &UserBlockResponse{}
	httpResp, err := rc.postForm(ctx, "/user/block.json", url.Values{"userId": {StringValue(req.UserId)}}, &resp)
	resp.httpResponseGetter = &rawResponse{httpResp}
	return resp, err
}

type UserBlacklistQueryRequest struct{ UserId *string }

type UserBlacklistQueryResponse struct {
	CodeResult
	httpResponseGetter `json:"-"`
	Users              []string `json:"users"`
}

// UserBlacklistQuery lists the users that a user has blocked.
func (rc *RongCloud) UserBlacklistQuery(ctx context.Context, req *UserBlacklistQueryRequest) (*UserBlacklistQueryResponse, error) {
	resp := &UserBlacklistQueryResponse{}
	httpResp, err := rc.postForm(ctx, "/user/blacklist/query.json", url.Values{"userId": {StringValue(req.UserId)}}, &resp)
	resp.httpResponseGetter = &rawResponse{httpResp}
	return resp, err
}

type MessagePrivatePublishRequest struct {
	FromUserId, ToUserId *string
	RCMsg                RCMsg
}

type MessagePrivatePublishResponse struct {
	CodeResult
	httpResponseGetter `json:"-"`
	MessageUID         string `json:"messageUID"`
}

// MessagePrivatePublish sends a message to a user.
func (rc *RongCloud) MessagePrivatePublish(ctx context.Context, req *MessagePrivatePublishRequest) (*MessagePrivatePublishResponse, error) {
	content, err := req.RCMsg.ToString()
	if err != nil {
		return nil, NewSDKError("encoding the message: " + err.Error())
	}
	resp := &MessagePrivatePublishResponse{}
	httpResp, err := rc.postForm(ctx, "/message/private/publish.json", url.Values{"fromUserId": {StringValue(req.FromUserId)}, "content": {content}}, &resp)
	resp.httpResponseGetter = &rawResponse{httpResp}
	return resp, err
}

type GroupCreateRequest struct {
	UserId    []string
	GroupId   *string
	GroupName *string
}

type GroupCreateResponse struct {
	CodeResult
	httpResponseGetter `json:"-"`
}

// GroupCreate makes a group.
func (rc *RongCloud) GroupCreate(ctx context.Context, req *GroupCreateRequest) (*GroupCreateResponse, error) {
	resp := &GroupCreateResponse{}
	httpResp, err := rc.postForm(ctx, "/group/create.json", url.Values{"userId": req.UserId, "groupId": {StringValue(req.GroupId)}}, &resp)
	resp.httpResponseGetter = &rawResponse{httpResp}
	return resp, err
}

type GroupQueryRequest struct{ GroupId *string }

type GroupQueryResponse struct {
	CodeResult
	httpResponseGetter `json:"-"`
	Users              []struct {
		Id string `json:"id"`
	} `json:"users"`
}

// GroupQuery lists a group's members.
func (rc *RongCloud) GroupQuery(ctx context.Context, req *GroupQueryRequest) (*GroupQueryResponse, error) {
	resp := &GroupQueryResponse{}
	httpResp, err := rc.postForm(ctx, "/group/user/query.json", url.Values{"groupId": {StringValue(req.GroupId)}}, &resp)
	resp.httpResponseGetter = &rawResponse{httpResp}
	return resp, err
}

type PushRequest struct {
	Platform []string `json:"platform"`
	Alert    string   `json:"alert"`
}

type PushResponse struct {
	CodeResult
	httpResponseGetter `json:"-"`
	Id                 string `json:"id"`
}

// Push sends a notification to everyone.
func (rc *RongCloud) Push(ctx context.Context, req *PushRequest) (*PushResponse, error) {
	resp := &PushResponse{}
	httpResp, err := rc.postJson(ctx, "/push.json", req, &resp)
	resp.httpResponseGetter = &rawResponse{httpResp}
	return resp, err
}
